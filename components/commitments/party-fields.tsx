"use client";
import { useFieldArray, useFormContext } from "react-hook-form";
import { SelectField, useFieldError } from "#components/commitments/fields.tsx";
import { Picker } from "#components/commitments/picker.tsx";
import { Badge } from "#components/ui/badge.tsx";
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
  const { setValue, watch } = useFormContext();
  const places: string[] = watch("places");
  const set = (next: string[]) => setValue("places", next, { shouldDirty: true, shouldValidate: true });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-semibold">{t("commitments.field.place")}</legend>
      {places.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {places.map((id) => (
            <li key={id} className="inline-flex items-center gap-1">
              <Badge>{known.get(id) ?? id}</Badge>
              <IconButton
                icon="close"
                label={t("commitments.edit.removeNamed", { name: known.get(id) ?? id })}
                onClick={() => set(places.filter((place) => place !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <Picker
        noun="places"
        records={records}
        label={t("commitments.edit.parties.addPlace")}
        error={useFieldError("places")}
        value={null}
        without={({ value }) => places.includes(value)}
        onChange={(item) => {
          if (!item || places.includes(item.value)) return;
          known.set(item.value, item.label);
          set([...places, item.value]);
        }}
      />
    </fieldset>
  );
}
