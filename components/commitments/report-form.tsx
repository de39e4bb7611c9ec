"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { AreaField, SelectField, TextField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { reported } from "#components/commitments/reported.ts";
import { reportProgress } from "#lib/commitments/actions.ts";
import { mayReport } from "#lib/commitments/rules.ts";
import { completions, confidences, evidences, progressInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Where the record stands now, in the words of who reports it. */
export default function ReportForm({ data }: FormProps) {
  const t = useTranslator();
  const { record, today } = data;
  const reportable = completions.filter((to) => mayReport(record.completion, to));
  return (
    <EditForm
      schema={progressInput}
      action={reportProgress}
      data={data}
      {...reported(t)}
      done={t("commitments.edit.done.report")}
      submit={t("commitments.edit.report.submit")}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <SelectField
          name="completion"
          label={t("commitments.field.completion")}
          options={reportable.map((value) => ({ value, label: t(`commitments.completion.${value}`) }))}
        />
        <SelectField
          name="evidence"
          label={t("commitments.field.evidence")}
          options={evidences.map((value) => ({ value, label: t(`commitments.evidence.${value}`) }))}
        />
        <SelectField
          name="confidence"
          label={t("commitments.field.confidence")}
          none={t("commitments.edit.report.noConfidence")}
          options={confidences.map((value) => ({ value, label: t(`commitments.confidence.${value}`) }))}
        />
      </div>
      <AreaField
        name="text"
        label={t("commitments.edit.report.text")}
        hint={t("commitments.edit.report.textHint")}
        rows={4}
      />
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <TextField
          name="evidenceUrl"
          type="url"
          label={t("commitments.edit.report.link")}
          hint={t("commitments.edit.report.linkHint")}
        />
        <TextField
          name="asOf"
          type="date"
          max={today}
          label={t("commitments.edit.report.asOf")}
          hint={t("commitments.edit.report.asOfHint")}
        />
      </div>
    </EditForm>
  );
}
