"use client";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Part } from "#components/reports/prose-editor.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const ProseEditor = lazy(() =>
  import("#components/reports/prose-editor.tsx").then((module) => ({ default: module.ProseEditor })),
);

type Props = {
  report: { id: string; version: number; approved: boolean; locale: Locale };
  part: Part;
  value: string;
  /** What the text is, for its field and for screen readers. */
  label: string;
  /** The words of the button while nothing is written. */
  add: string;
  /** The text as it reads. */
  children: ReactNode;
};

/** A text of a report, and the way to change it. What edits it is fetched when somebody begins. */
export function EditableProse({ children, add, ...rest }: Props) {
  const t = useTranslator();
  const [editing, setEditing] = useState(false);
  const { value, label } = rest;
  if (editing)
    return (
      <Suspense fallback={<p aria-busy="true">{t("common.loading")}</p>}>
        <ProseEditor {...rest} onClose={() => setEditing(false)} />
      </Suspense>
    );
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <div className="min-w-0 grow basis-80">{children}</div>
      <Button size="sm" variant="quiet" icon={value ? "pencil" : "plus"} onClick={() => setEditing(true)}>
        {value ? t("issuing.edit.change") : add}
        {value && <span className="sr-only">: {label}</span>}
      </Button>
    </div>
  );
}
