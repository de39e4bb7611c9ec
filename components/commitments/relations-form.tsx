"use client";
import { useState } from "react";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { PickerField } from "#components/commitments/picker.tsx";
import { setRelations } from "#lib/commitments/actions.ts";
import type { CommitmentRecord, Related } from "#lib/commitments/record.ts";
import { relationsInput } from "#lib/commitments/schema.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ parent, predecessor }: CommitmentRecord) => ({
  parentId: parent?.id ?? null,
  predecessorId: predecessor?.id ?? null,
});

/** What the record is made under, and what it continues. */
export default function RelationsForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const { records } = useFrame();
  const [known] = useState(() => new Map<string, string>());
  const { id, parent, predecessor } = data.record;
  const item = (related: Related | null) =>
    related && { value: related.id, label: `${related.reference} ${pickText(related.title, locale)}` };
  const show = (value: unknown, record: CommitmentRecord) => {
    const related = [record.parent, record.predecessor].find((each) => each?.id === value) ?? null;
    return value === null ? t("common.none") : (item(related)?.label ?? known.get(String(value)) ?? "");
  };
  const rest = { noun: "records", records, known, without: ({ value }: { value: string }) => value === id } as const;
  return (
    <EditForm
      schema={relationsInput}
      action={setRelations}
      data={data}
      toValues={toValues}
      shown={[
        { name: "parentId", label: t("commitments.edit.relations.parent"), show },
        { name: "predecessorId", label: t("commitments.edit.relations.predecessor"), show },
      ]}
      done={t("commitments.edit.done.relations")}
    >
      <PickerField
        {...rest}
        name="parentId"
        label={t("commitments.edit.relations.parent")}
        hint={t("commitments.edit.relations.hint")}
        initial={item(parent)}
      />
      <PickerField
        {...rest}
        name="predecessorId"
        label={t("commitments.edit.relations.predecessor")}
        initial={item(predecessor)}
      />
    </EditForm>
  );
}
