"use client";
import { useFieldArray, useFormContext } from "react-hook-form";
import { SelectField, useFieldError } from "#components/commitments/fields.tsx";
import { Picker, PickerListField } from "#components/commitments/picker.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { partyRoles } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  /** The address of the portfolio's records. */
  records: string;
  /** The names of what is or has been chosen, by key. */
  known: Map<string, string>;
};

/** The parties with their roles. */
export function PartyFields({ records, known }: Props) {
  const t = useTranslator();
  const { fields, append, remove } = useFieldArray({ name: "parties" });
  const { getValues } = useFormContext();
  const error = useFieldError("parties");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t("commitments.field.parties")}</legend>
      {fields.map((field, index) => {
        const { partyId } = getValues(`parties.${index}`);
        const name = known.get(partyId) ?? partyId;
        return (
          <div key={field.id} className="grid grid-cols-[1fr_minmax(8rem,12rem)_auto] items-center gap-2">
            <span>{name}</span>
            <SelectField
              name={`parties.${index}.role`}
              label={t("commitments.edit.parties.role", { name })}
              hideLabel
              options={partyRoles.map((value) => ({ value, label: t(`parties.role.${value}`) }))}
            />
            <IconButton
              icon="trash"
              label={t("commitments.edit.removeNamed", { name })}
              onClick={() => remove(index)}
            />
          </div>
        );
      })}
      <Picker
        noun="parties"
        records={records}
        label={t("commitments.edit.parties.add")}
        error={error}
        value={null}
        onChange={(item) => {
          if (!item) return;
          known.set(item.value, item.label);
          append({ partyId: item.value, role: fields.length === 0 ? "lead" : "participant" }, { shouldFocus: false });
        }}
      />
    </fieldset>
  );
}

/** Where it is to be done. */
export function PlaceFields({ records, known }: Props) {
  const t = useTranslator();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t("commitments.field.place")}</legend>
      <PickerListField
        name="places"
        noun="places"
        records={records}
        known={known}
        label={t("commitments.edit.parties.addPlace")}
      />
    </fieldset>
  );
}

/** The way to add a party or a place that is not there: in another tab, since what is typed here is not saved yet. */
export function NotThere({ records }: Pick<Props, "records">) {
  const t = useTranslator();
  return (
    <p>
      <a href={records.replace(/commitments$/, "parties")} target="_blank" rel="noopener" className="py-1 text-sm">
        {t("parties.edit.notThere")}
        <span className="sr-only"> ({t("common.opensInNewTab")})</span>
      </a>
    </p>
  );
}
