"use client";
import { useRouter } from "next/navigation";
import { ActButton } from "#components/people/act-button.tsx";
import { askFor } from "#lib/tasks/actions.ts";

type Props = {
  label: string;
  /** As lib/tasks/schema.ts has it. */
  ask: object;
  /** The page of tasks, which opens then. */
  list: string;
};

/** Asks for long work, and goes to where its progress is seen. */
export function AskButton({ label, ask, list }: Props) {
  const router = useRouter();
  return (
    <ActButton
      variant="primary"
      icon="download"
      label={label}
      act={() => askFor(ask)}
      onDone={() => router.push(list)}
    />
  );
}
