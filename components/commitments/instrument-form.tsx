"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { CheckField, NumberField, SelectField, VagueDateField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { editInstrument } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { bindings, instrumentInput, lifecycles } from "#lib/commitments/schema.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ instrument, lifecycle }: CommitmentRecord) => ({
  signed: instrument?.signed ?? null,
  inEffectFrom: instrument?.inEffectFrom ?? null,
  ends: instrument?.ends ?? null,
  noticeDays: instrument?.noticeDays ?? null,
  binding: instrument?.binding ?? "unknown",
  textHeld: instrument?.textHeld ?? false,
  lifecycle: lifecycle ?? "unknown",
});

/** What only a written commitment has. */
export default function InstrumentForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const date = (value: unknown) => (value ? showEdtf(t, locale, String(value)) : "");
  const dates = (["signed", "inEffectFrom", "ends"] as const).map((name) => ({
    name,
    label: t(`commitments.edit.instrument.${name}`),
    show: date,
  }));
  return (
    <EditForm
      schema={instrumentInput}
      action={editInstrument}
      data={data}
      toValues={toValues}
      shown={[
        ...dates,
        {
          name: "noticeDays",
          label: t("commitments.edit.instrument.noticeDays"),
          show: (value) => String(value ?? ""),
        },
        {
          name: "binding",
          label: t("commitments.edit.instrument.binding"),
          show: (value) => t.dynamic(`commitments.binding.${value}`),
        },
        {
          name: "textHeld",
          label: t("commitments.edit.instrument.textHeld"),
          show: (value) => (value ? t("common.yes") : t("common.no")),
        },
        {
          name: "lifecycle",
          label: t("commitments.edit.instrument.lifecycle"),
          show: (value) => t.dynamic(`commitments.lifecycle.${value}`),
        },
      ]}
      done={t("commitments.edit.done.instrument")}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="lifecycle"
          label={t("commitments.edit.instrument.lifecycle")}
          options={lifecycles.map((value) => ({ value, label: t(`commitments.lifecycle.${value}`) }))}
        />
        <SelectField
          name="binding"
          label={t("commitments.edit.instrument.binding")}
          options={bindings.map((value) => ({ value, label: t(`commitments.binding.${value}`) }))}
        />
        {dates.map(({ name, label }) => (
          <VagueDateField key={name} name={name} label={label} />
        ))}
        <NumberField
          name="noticeDays"
          label={t("commitments.edit.instrument.noticeDays")}
          hint={t("commitments.edit.instrument.noticeHint")}
        />
      </div>
      <CheckField name="textHeld" label={t("commitments.edit.instrument.textHeld")} />
    </EditForm>
  );
}
