"use client";
import { ClassificationFields } from "#components/commitments/classification-fields.tsx";
import { EditForm } from "#components/commitments/edit-form.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { classify } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { classifyInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ form, kind, strength, sector }: CommitmentRecord) => ({
  form,
  kind,
  strength,
  sectorId: sector.id,
});

/** What sort of commitment it is. */
export default function ClassifyForm({ data }: FormProps) {
  const t = useTranslator();
  const sectors = data.choices.sectors ?? [];
  return (
    <EditForm
      schema={classifyInput}
      action={classify}
      data={data}
      toValues={toValues}
      shown={[
        { name: "form", label: t("commitments.field.form"), show: (value) => t.dynamic(`commitments.form.${value}`) },
        { name: "kind", label: t("commitments.field.kind"), show: (value) => t.dynamic(`commitments.kind.${value}`) },
        {
          name: "strength",
          label: t("commitments.field.strength"),
          show: (value) => t.dynamic(`commitments.strength.${value}`),
        },
        {
          name: "sectorId",
          label: t("commitments.field.sector"),
          show: (value) => sectors.find((sector) => sector.value === value)?.label ?? "",
        },
      ]}
      done={t("commitments.edit.done.classify")}
    >
      <ClassificationFields sectors={sectors} />
    </EditForm>
  );
}
