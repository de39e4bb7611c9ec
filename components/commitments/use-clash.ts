import { useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import type { Clashing } from "#components/commitments/conflict.tsx";
import { merge } from "#components/commitments/merge.ts";

/** A field that two people can change differently, and how its value reads on each side. */
type Field = { name: string; label: string } & Record<"mine" | "theirs", (value: unknown) => string>;

/**
 * What a form does when somebody saved meanwhile: what only they or only we changed goes together, the rest the person has
 * to choose (Conflict). `begun`: the values with which it was opened; `again` sends it once more.
 */
export function useClash(form: UseFormReturn<FieldValues>, begun: FieldValues, again: () => Promise<unknown>) {
  const seen = useRef(begun);
  const [clash, setClash] = useState<{ fields: Clashing[]; theirs: FieldValues } | null>(null);

  /** `theirs`: the values as they stand now, in that version. */
  async function meet(version: number, theirs: FieldValues, fields: readonly Field[]): Promise<void> {
    const mine = form.getValues();
    const { taken, clashing } = merge(
      fields.map(({ name }) => name),
      { seen: seen.current, theirs, mine },
    );
    for (const name of taken) form.setValue(name, theirs[name]);
    seen.current = { ...seen.current, ...theirs };
    form.setValue("version", version);
    if (clashing.length === 0) return void (await again());
    const both = fields
      .filter(({ name }) => clashing.includes(name))
      .map(({ name, label, ...show }) => ({
        ...{ name, label },
        mine: show.mine(mine[name]),
        theirs: show.theirs(theirs[name]),
      }));
    setClash({ fields: both, theirs });
  }

  async function settle(choices: Record<string, "mine" | "theirs">): Promise<void> {
    if (!clash) return;
    for (const { name } of clash.fields) if (choices[name] === "theirs") form.setValue(name, clash.theirs[name]);
    setClash(null);
    await again();
  }

  return { fields: clash?.fields, meet, settle, forget: () => setClash(null) };
}

/** What is wrong at a path is shown by the field of that name; of these there is none. */
export const fieldAt = (path: string) => (path === "form" || path === "id" || path === "version" ? undefined : path);
