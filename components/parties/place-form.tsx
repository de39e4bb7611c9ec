"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { LanguageFields, noTexts, showTexts } from "#components/catalogue/fields.tsx";
import { AreaField, SelectField, TextField } from "#components/commitments/fields.tsx";
import { elsewhere, sides } from "#components/parties/sides.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { editPlace, recordPlace } from "#lib/parties/actions.ts";
import { editPlaceInput, type Place, placeInput } from "#lib/parties/schema.ts";

type Props = {
  portfolio: string;
  /** What is edited; none: a new one. */
  place?: Place;
};

/** A place: a province, a town, a border gate ... */
export function PlaceForm({ portfolio, place }: Props) {
  const t = useTranslator();
  const values = {
    name: place?.name ?? noTexts,
    country: place?.country ?? null,
    iso: place?.iso ?? "",
    aliases: place?.aliases.join("\n") ?? "",
  };
  const options = [
    ...sides.map((value) => ({ value: value as string, label: t(`parties.country.${value}`) })),
    ...elsewhere(place?.country),
  ];
  const fields = (
    <>
      <LanguageFields name="name" label={t("parties.edit.name")} required />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="country"
          label={t("parties.edit.country")}
          none={t("parties.edit.otherCountry")}
          options={options}
        />
        <TextField name="iso" label={t("parties.edit.iso")} hint={t("parties.edit.isoHint")} />
      </div>
      <AreaField name="aliases" label={t("parties.edit.aliases")} hint={t("parties.edit.aliasesHint")} rows={3} />
    </>
  );
  const back = `/${portfolio}/parties`;
  if (!place) {
    return (
      <EntryForm
        schema={placeInput}
        action={recordPlace}
        values={values}
        done={t("parties.edit.placeAdded")}
        submit={t("parties.edit.addPlace")}
        next={() => back}
        cancel={back}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editPlaceInput}
      action={editPlace}
      values={{ id: place.id, version: place.version, ...values }}
      shown={[
        { name: "name", label: t("parties.edit.name"), show: showTexts },
        {
          name: "country",
          label: t("parties.edit.country"),
          show: (value) => options.find((country) => country.value === value)?.label ?? "",
        },
        { name: "iso", label: t("parties.edit.iso"), show: (value) => String(value ?? "") },
        { name: "aliases", label: t("parties.edit.aliases"), show: (value) => [value].flat().join("\n") },
      ]}
      done={t("catalogue.saved")}
      next={() => back}
      cancel={back}
    >
      {fields}
    </EntryForm>
  );
}
