"use client";
import { useState } from "react";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { NotThere, PartyFields, PlaceFields } from "#components/commitments/party-fields.tsx";
import { setParties } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { partiesInput } from "#lib/commitments/schema.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ parties, places }: CommitmentRecord) => ({
  parties: parties.map(({ id, role }) => ({ partyId: id, role })),
  places: places.map(({ id }) => id),
});

/** By whom to whom, and where. */
export default function PartiesForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const { records } = useFrame();
  const [known] = useState(() => namesIn(data.record, locale));
  const name = (id: string, record: CommitmentRecord) => namesIn(record, locale).get(id) ?? known.get(id) ?? id;
  const rows = (value: unknown, record: CommitmentRecord) =>
    (value as { partyId: string; role: string }[])
      .map(({ partyId, role }) => `${t.dynamic(`parties.role.${role}`)}: ${name(partyId, record)}`)
      .join("\n");
  return (
    <EditForm
      schema={partiesInput}
      action={setParties}
      data={data}
      toValues={toValues}
      shown={[
        { name: "parties", label: t("commitments.field.parties"), show: rows },
        {
          name: "places",
          label: t("commitments.field.place"),
          show: (value, record) => (value as string[]).map((id) => name(id, record)).join("\n"),
        },
      ]}
      done={t("commitments.edit.done.parties")}
    >
      <PartyFields records={records} known={known} />
      <PlaceFields records={records} known={known} />
      {data.mayRecord && <NotThere records={records} />}
    </EditForm>
  );
}

const namesIn = ({ parties, places }: CommitmentRecord, locale: Locale) =>
  new Map([...parties, ...places].map(({ id, name }) => [id, pickText(name, locale)]));
