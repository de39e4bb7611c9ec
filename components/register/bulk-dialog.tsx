"use client";
import { type FormEvent, useCallback, useEffect, useId, useState } from "react";
import { DateMeaning } from "#components/commitments/date-meaning.tsx";
import { attempt } from "#components/commitments/edit-form.tsx";
import { Picker } from "#components/commitments/picker.tsx";
import { fetchJson } from "#components/people/fetch-json.ts";
import { BulkPreview } from "#components/register/bulk-preview.tsx";
import { type BulkChange, type BulkRow, outcomeOf } from "#components/register/bulk-rules.ts";
import type { CellKind, PartProps } from "#components/register/part.ts";
import { Button } from "#components/ui/button.tsx";
import type { ComboboxItem } from "#components/ui/combobox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { showToast } from "#components/ui/toast.ts";
import { changeMany } from "#lib/commitments/actions.ts";
import { completionTransitions } from "#lib/commitments/rules.ts";
import { parseEdtf } from "#lib/dates.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Completion } from "#prisma/generated/enums.ts";

/** One change for all selected rows. It shows what each will become before anything is saved; all are saved, or none. */
export default function BulkDialog({ base, selected, field, close, refresh, clear }: PartProps & { field: CellKind }) {
  const t = useTranslator();
  const formId = useId();
  const [rows, setRows] = useState<readonly BulkRow[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [completion, setCompletion] = useState<Completion | "">("");
  const [owner, setOwner] = useState<ComboboxItem | null>(null);
  const [nobody, setNobody] = useState(false);
  const [phrase, setPhrase] = useState("");
  const [edtf, setEdtf] = useState("");
  const [text, setText] = useState("");

  const ids = selected.join();
  const load = useCallback(async () => {
    const answer = await fetchJson(`${base}/register/rows?ids=${ids}`);
    const { rows: fresh }: { rows: BulkRow[] } = await answer.json();
    setRows(fresh);
  }, [base, ids]);
  useEffect(() => {
    load().catch(() => setProblem("commitments.edit.notLoaded"));
  }, [load]);

  const change = changeOf();
  const outcomes = rows?.map((row) => ({ row, outcome: change && outcomeOf(row, change) })) ?? [];
  const going = outcomes.filter(({ outcome }) => outcome?.is === "changes");
  const left = outcomes.filter(({ outcome }) => outcome?.is === "refused");

  function changeOf(): BulkChange | null {
    if (field === "status") return completion ? { field: "completion", completion, text } : null;
    if (field === "owner")
      return owner || nobody
        ? {
            field: "owner",
            ownerId: nobody ? null : (owner?.value ?? null),
            name: nobody ? null : (owner?.label ?? null),
          }
        : null;
    const parsed = edtf.trim() === "" ? null : parseEdtf(edtf);
    if (parsed && !parsed.ok) return null;
    if (!parsed && phrase.trim() === "") return null;
    return { field: "deadline", phrase: phrase.trim() || null, edtf: parsed?.value.edtf ?? null, reason: text };
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!change) return setProblem("register.bulk.chooseFirst");
    if (field === "deadline" && text.trim() === "") return setProblem("errors.reasonNeeded");
    if (going.length === 0) return setProblem("register.bulk.nothing");
    setBusy(true);
    setProblem(null);
    const { name: _name, ...sent } = { name: null, ...change };
    const answer = await attempt(() =>
      changeMany({ rows: going.map(({ row }) => ({ id: row.id, version: row.version })), change: sent }),
    );
    setBusy(false);
    if (answer.ok) {
      showToast(t("register.bulk.done", { count: going.length }));
      await refresh(going.map(({ row }) => row.id));
      clear();
      return close();
    }
    if (answer.error.conflict) await load().catch(() => {});
    setProblem(answer.error.conflict ? "register.bulk.conflict" : answer.error.key);
  }

  const noteField = (label: string, required: boolean) => (
    <Field
      label={label}
      hint={required ? undefined : t("register.edit.noteHint")}
      required={required ? t("common.required") : undefined}
    >
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      open
      onClose={close}
      size="lg"
      title={t("register.bulk.title", { count: selected.length })}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} disabled={going.length === 0}>
            {t("register.bulk.save", { count: going.length })}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} noValidate className="grid gap-4">
        {field === "status" && (
          <>
            <Field label={t("register.bulk.newStatus")}>
              {(control) => (
                <Select
                  {...control}
                  value={completion}
                  onChange={(event) => setCompletion(event.target.value as Completion)}
                >
                  <option value="" />
                  {completionTransitions.reportProgress.to.map((value) => (
                    <option key={value} value={value}>
                      {t(`commitments.completion.${value}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {noteField(t("register.bulk.note"), false)}
          </>
        )}
        {field === "owner" && (
          <div className="grid gap-2">
            {!nobody && (
              <Picker
                noun="people"
                records={`${base}/commitments`}
                label={t("register.bulk.newOwner")}
                value={owner}
                onChange={setOwner}
              />
            )}
            <label className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                checked={nobody}
                onChange={(event) => setNobody(event.target.checked)}
                className="size-4 accent-accent"
              />
              {t("common.nobody")}
            </label>
          </div>
        )}
        {field === "deadline" && (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t("commitments.edit.deadline.phrase")} hint={t("commitments.edit.deadline.phraseHint")}>
                {(control) => (
                  <Input
                    {...control}
                    value={phrase}
                    maxLength={200}
                    onChange={(event) => setPhrase(event.target.value)}
                    autoComplete="off"
                  />
                )}
              </Field>
              <div className="grid content-start gap-1">
                <Field label={t("commitments.edit.deadline.edtf")} hint={t("commitments.edit.edtfHint")}>
                  {(control) => (
                    <Input
                      {...control}
                      value={edtf}
                      maxLength={64}
                      onChange={(event) => setEdtf(event.target.value)}
                      autoComplete="off"
                      spellCheck={false}
                    />
                  )}
                </Field>
                <DateMeaning edtf={edtf} deadline />
              </div>
            </div>
            {noteField(t("register.bulk.reason"), true)}
          </>
        )}
        <FormProblem text={problem && t.dynamic(problem)} />
        <h3 className="text-base">{t("register.bulk.preview")}</h3>
        <p className="text-sm text-muted">{t("register.bulk.allOrNone")}</p>
        {left.length > 0 && (
          <p role="status" className="flex items-start gap-2 text-sm text-caution">
            <Icon name="info" className="mt-[0.2em]" />
            {t("register.bulk.without", { count: left.length })}
          </p>
        )}
        {rows === null ? (
          <Skeleton label={t("common.loading")} lines={4} />
        ) : (
          <BulkPreview field={field} outcomes={outcomes} />
        )}
      </form>
    </Dialog>
  );
}
