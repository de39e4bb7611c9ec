"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { AreaField, SelectField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { reported } from "#components/commitments/reported.ts";
import { reportProgress } from "#lib/commitments/actions.ts";
import { mayReport } from "#lib/commitments/rules.ts";
import { completions, progressInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** The status alone, with a note: what the table has room for. The whole report is on the record's page. */
export default function StatusForm({ data }: FormProps) {
  const t = useTranslator();
  const reportable = completions.filter((to) => mayReport(data.record.completion, to));
  if (reportable.length === 0) return <p className="text-muted">{t("register.bulk.closed")}</p>;
  return (
    <EditForm
      schema={progressInput}
      action={reportProgress}
      data={data}
      {...reported(t)}
      done={t("commitments.edit.done.report")}
    >
      <SelectField
        name="completion"
        label={t("commitments.field.completion")}
        options={reportable.map((value) => ({ value, label: t(`commitments.completion.${value}`) }))}
      />
      <AreaField name="text" label={t("register.edit.note")} hint={t("register.edit.noteHint")} rows={2} />
    </EditForm>
  );
}
