"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Conflict } from "#components/commitments/conflict.tsx";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { ProsePreview } from "#components/reports/prose-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { editReport } from "#lib/reports/actions.ts";

/** Which text of a report: one of its own, or the remark on a section. */
export type Part = "title" | "summary" | { section: string };

type Props = {
  report: { id: string; version: number; approved: boolean; locale: Locale };
  part: Part;
  value: string;
  label: string;
  onClose: () => void;
};

/**
 * A text of a report to write, with what it will look like. Somebody else's change of the same text is shown beside one's
 * own; their changes of other texts stay.
 */
export function ProseEditor({ report, part, value, label, onClose }: Props) {
  const t = useTranslator();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [version, setVersion] = useState(report.version);
  const [theirs, setTheirs] = useState<string>();
  const [preview, setPreview] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError>();
  const { setDirty, guarded, guard } = useLeaveGuard();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    setDirty(text !== seen);
  });
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea")?.focus(), []);

  const latest = Math.max(version, report.version);

  /** `base`: what stood there when `wanted` was written. */
  async function save(at: number, wanted: string, base: string) {
    setBusy(true);
    setError(undefined);
    const change = typeof part === "string" ? { [part]: wanted } : { remarks: { [part.section]: wanted } };
    const answer = await keepingSession(() => editReport({ id: report.id, version: at, ...change }));
    setBusy(false);
    if (answer.ok) {
      setDirty(false);
      showToast(t(report.approved ? "issuing.edit.savedAgain" : "issuing.edit.saved"));
      return onClose();
    }
    const { conflict } = answer.error;
    if (!conflict) return setError(answer.error);
    setVersion(conflict.version);
    const present = textOf(conflict.theirs, part);
    // They changed something else: ours goes beside it.
    if (present === base) return void (await save(conflict.version, wanted, base));
    setTheirs(present);
  }

  function settle(choice: "mine" | "theirs" | undefined) {
    const present = theirs ?? "";
    setTheirs(undefined);
    setSeen(present);
    if (choice === "mine") return void save(latest, text, present);
    setText(present);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    // The page may have been brought up to date since this was opened.
    if (value !== seen && value !== text) return setTheirs(value);
    save(latest, text, seen);
  }

  if (theirs !== undefined)
    return (
      <Conflict
        fields={[{ name: "text", label, mine: text, theirs }]}
        busy={busy}
        onSettle={(choices) => settle(choices.text)}
        onCancel={() => setTheirs(undefined)}
      />
    );
  const field = typeof part === "string" ? part : `remarks.${part.section}`;
  const wrong = fieldError(t, error, field);
  const title = part === "title";
  const Control = title ? Input : Textarea;
  return (
    <form ref={form} onSubmit={submit} noValidate className="my-2 grid gap-3 rounded-lg border border-line p-3">
      <Problem t={t} error={wrong ? undefined : error} />
      {report.approved && <p className="text-sm text-caution">{t("issuing.edit.unapproves")}</p>}
      {preview ? (
        <ProsePreview markdown={text} locale={report.locale} />
      ) : (
        <Field label={label} error={wrong} hint={title ? undefined : t("issuing.edit.help")}>
          {(control) => (
            <Control
              {...control}
              {...(!title && { rows: 6 })}
              lang={report.locale}
              value={text}
              onChange={(event: { target: { value: string } }) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {t("common.save")}
        </Button>
        {!title && (
          <Button onClick={() => setPreview(!preview)}>
            {t(preview ? "issuing.edit.write" : "issuing.edit.preview")}
          </Button>
        )}
        <Button onClick={() => guarded(onClose)}>{t("common.cancel")}</Button>
      </div>
      {guard}
    </form>
  );
}

function textOf(theirs: Record<string, unknown>, part: Part): string {
  const { remarks } = theirs as { remarks?: Record<string, string> };
  return (typeof part === "string" ? String(theirs[part] ?? "") : remarks?.[part.section]) ?? "";
}
