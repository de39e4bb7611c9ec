"use client";
import { useState } from "react";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { LanguageFields, noTexts, showTexts } from "#components/catalogue/fields.tsx";
import { AreaField, SelectField, TextField } from "#components/commitments/fields.tsx";
import { PickerField } from "#components/commitments/picker.tsx";
import { elsewhere, sides } from "#components/parties/sides.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { editParty, recordParty } from "#lib/parties/actions.ts";
import { editPartyInput, type Party, partyInput } from "#lib/parties/schema.ts";
import { PartyKind } from "#prisma/generated/enums.ts";

type Props = {
  portfolio: string;
  /** What is edited; none: a new one. */
  party?: Party;
  /** The name of what it is a part of. */
  parent?: string;
};

/** A party: a state, a ministry, a province, a company ... */
export function PartyForm({ portfolio, party, parent }: Props) {
  const t = useTranslator();
  const [known] = useState(() => new Map<string, string>());
  const initial = party?.parentId ? { value: party.parentId, label: parent ?? party.parentId } : null;
  const values = {
    name: party?.name ?? noTexts,
    kind: party?.kind ?? "ministry",
    side: party?.side ?? null,
    parentId: party?.parentId ?? null,
    iso: party?.iso ?? "",
    aliases: party?.aliases.join("\n") ?? "",
  };
  const plain = (value: unknown) => String(value ?? "");
  const kindOptions = Object.values(PartyKind).map((value) => ({ value, label: t(`parties.kind.${value}`) }));
  const sideOptions = [
    ...sides.map((value) => ({ value: value as string, label: t(`commitments.record.side.${value}`) })),
    ...elsewhere(party?.side),
  ];
  const fields = (
    <>
      <LanguageFields name="name" label={t("parties.edit.name")} required />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField name="kind" label={t("parties.edit.kind")} options={kindOptions} />
        <SelectField
          name="side"
          label={t("parties.edit.side")}
          none={t("parties.edit.nobodysSide")}
          options={sideOptions}
        />
        <PickerField
          name="parentId"
          noun="parties"
          records={`/${portfolio}/commitments`}
          known={known}
          initial={initial}
          label={t("parties.edit.parent")}
          hint={t("parties.edit.parentHint")}
          without={({ value }) => value === party?.id}
        />
        <TextField name="iso" label={t("parties.edit.iso")} hint={t("parties.edit.isoHint")} />
      </div>
      <AreaField name="aliases" label={t("parties.edit.aliases")} hint={t("parties.edit.aliasesHint")} rows={3} />
    </>
  );
  const back = `/${portfolio}/parties`;
  const fieldOf = { "errors.noSuchParty": "parentId" };
  if (!party) {
    return (
      <EntryForm
        schema={partyInput}
        action={recordParty}
        values={values}
        fieldOf={fieldOf}
        done={t("parties.edit.added")}
        submit={t("parties.edit.add")}
        next={() => back}
        cancel={back}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editPartyInput}
      action={editParty}
      values={{ id: party.id, version: party.version, ...values }}
      fieldOf={fieldOf}
      shown={[
        { name: "name", label: t("parties.edit.name"), show: showTexts },
        { name: "kind", label: t("parties.edit.kind"), show: (value) => t.dynamic(`parties.kind.${value}`) },
        {
          name: "side",
          label: t("parties.edit.side"),
          show: (value) => sideOptions.find((side) => side.value === value)?.label ?? "",
        },
        {
          name: "parentId",
          label: t("parties.edit.parent"),
          show: (value) =>
            value === initial?.value ? (initial?.label ?? "") : (known.get(plain(value)) ?? plain(value)),
        },
        { name: "iso", label: t("parties.edit.iso"), show: plain },
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
