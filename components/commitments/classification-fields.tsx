"use client";
import { useEffect } from "react";
import { useFormContext } from "react-hook-form";
import { SelectField } from "#components/commitments/fields.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { forms, kindsOf, strengths } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Form, Kind } from "#prisma/generated/enums.ts";

/** Form, kind, strength and sector. The kinds offered are those of the form. */
export function ClassificationFields({ sectors }: { sectors: readonly Choice[] }) {
  const t = useTranslator();
  const { setValue, watch } = useFormContext();
  const form: Form = watch("form");
  const kind: Kind = watch("kind");
  useEffect(() => {
    if (!kindsOf[form].includes(kind)) setValue("kind", kindsOf[form][0], { shouldDirty: true });
  }, [form, kind, setValue]);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name="form"
        label={t("commitments.field.form")}
        options={forms.map((value) => ({ value, label: t(`commitments.form.${value}`) }))}
      />
      <SelectField
        name="kind"
        label={t("commitments.field.kind")}
        options={kindsOf[form].map((value) => ({ value, label: t(`commitments.kind.${value}`) }))}
      />
      <SelectField
        name="strength"
        label={t("commitments.field.strength")}
        hint={t("commitments.edit.strengthHint")}
        options={strengths.map((value) => ({ value, label: t(`commitments.strength.${value}`) }))}
      />
      <SelectField name="sectorId" label={t("commitments.field.sector")} options={sectors} />
    </div>
  );
}
