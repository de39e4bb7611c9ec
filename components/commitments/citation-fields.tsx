"use client";
import { useFieldArray } from "react-hook-form";
import { NumberField, SelectField } from "#components/commitments/fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** The places in the sources where a new record is said. */
export function CitationFields({ sources }: { sources: readonly Choice[] }) {
  const t = useTranslator();
  const { fields, append, remove } = useFieldArray({ name: "citations" });
  return (
    <div className="grid gap-3">
      {fields.map((field, index) => (
        <div key={field.id} className="grid grid-cols-[1fr_7rem_auto] items-end gap-2">
          <SelectField name={`citations.${index}.sourceId`} label={t("commitments.field.source")} options={sources} />
          <NumberField name={`citations.${index}.paragraph`} label={t("commitments.edit.citations.paragraph")} />
          <IconButton
            icon="trash"
            label={t("commitments.edit.removeRow", { number: index + 1 })}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      <p>
        <Button
          size="sm"
          icon="plus"
          disabled={sources.length === 0}
          onClick={() => append({ sourceId: sources[0]?.value ?? "", paragraph: null })}
        >
          {t("commitments.edit.citations.add")}
        </Button>
      </p>
    </div>
  );
}
