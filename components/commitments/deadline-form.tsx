"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { AreaField, SelectField, TextField, VagueDateField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { reviseDeadline } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { deadlineInput } from "#lib/commitments/schema.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ deadline }: CommitmentRecord) => ({
  phrase: deadline.phrase,
  edtf: deadline.edtf,
  anchorId: deadline.anchor?.id ?? null,
  reason: "",
});

/** A new deadline. The old one stays in the history, with the reason. */
export default function DeadlineForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const { deadline } = data.record;
  const hadOne = deadline.phrase !== null || deadline.edtf !== null || deadline.anchor !== null;
  const meetings = data.choices.meetings ?? [];
  const options = meetings.map(({ value, label, hint }) => ({
    value,
    label: hint ? `${label} (${showEdtf(t, locale, hint)})` : label,
  }));
  return (
    <EditForm
      schema={deadlineInput}
      action={reviseDeadline}
      data={data}
      toValues={toValues}
      shown={[
        { name: "phrase", label: t("commitments.edit.deadline.phrase"), show: (value) => String(value ?? "") },
        {
          name: "edtf",
          label: t("commitments.edit.deadline.edtf"),
          show: (value) => (value ? `${value}: ${showEdtf(t, locale, String(value))}` : ""),
        },
        {
          name: "anchorId",
          label: t("commitments.edit.deadline.anchor"),
          show: (value) => options.find((option) => option.value === value)?.label ?? "",
        },
      ]}
      done={t("commitments.edit.done.deadline")}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="phrase"
          label={t("commitments.edit.deadline.phrase")}
          hint={t("commitments.edit.deadline.phraseHint")}
        />
        <VagueDateField name="edtf" label={t("commitments.edit.deadline.edtf")} deadline />
      </div>
      <SelectField
        name="anchorId"
        label={t("commitments.edit.deadline.anchor")}
        hint={t("commitments.edit.deadline.anchorHint")}
        none={t("common.none")}
        options={options}
      />
      <AreaField
        name="reason"
        label={t("commitments.edit.deadline.reason")}
        hint={hadOne ? t("commitments.edit.deadline.reasonHint") : undefined}
        required={hadOne}
        rows={2}
      />
    </EditForm>
  );
}
