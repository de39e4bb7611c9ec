"use client";
import { useState } from "react";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { PickerField } from "#components/commitments/picker.tsx";
import { supersede } from "#lib/commitments/actions.ts";
import { supersedeInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Another record takes its place. */
export default function SupersedeForm({ data }: FormProps) {
  const t = useTranslator();
  const { records } = useFrame();
  const [known] = useState(() => new Map<string, string>());
  return (
    <EditForm
      schema={supersedeInput}
      action={supersede}
      data={data}
      toValues={() => ({ successorId: null })}
      shown={[]}
      done={t("commitments.edit.done.supersede")}
      submit={t("commitments.edit.supersede.submit")}
    >
      <h2 className="text-lg">{t("commitments.edit.supersede.title")}</h2>
      <p>{t("commitments.edit.supersede.body")}</p>
      <PickerField
        noun="records"
        records={records}
        name="successorId"
        label={t("commitments.edit.supersede.successor")}
        hint={t("commitments.edit.relations.hint")}
        required
        initial={null}
        known={known}
        without={({ value }) => value === data.record.id}
      />
    </EditForm>
  );
}
