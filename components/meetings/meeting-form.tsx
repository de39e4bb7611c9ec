"use client";
import { useState } from "react";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { InferredFields, LanguageFields, noTexts, showTexts, WhenFields } from "#components/catalogue/fields.tsx";
import { CitationFields } from "#components/commitments/citation-fields.tsx";
import { SelectField } from "#components/commitments/fields.tsx";
import { PickerField, PickerListField } from "#components/commitments/picker.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { editMeeting, recordMeeting } from "#lib/meetings/actions.ts";
import { editMeetingInput, type Meeting, meetingInput } from "#lib/meetings/schema.ts";
import { meetingPath } from "#lib/paths.ts";
import { MeetingKind } from "#prisma/generated/enums.ts";

type Props = {
  portfolio: string;
  /** What is edited; none: a new one. */
  meeting?: Meeting;
  sources: readonly Choice[];
};

/** A meeting: what it is, who takes part and where that is said. The date of one that is there is changed on its own page. */
export function MeetingForm({ portfolio, meeting, sources }: Props) {
  const t = useTranslator();
  const locale = useLocale();
  const records = `/${portfolio}/commitments`;
  const [known] = useState(
    () => new Map((meeting?.parties ?? []).map(({ id, name }) => [id, pickText(name, locale)] as const)),
  );
  const place = meeting?.place ? { value: meeting.place.id, label: pickText(meeting.place.name, locale) } : null;
  const values = {
    kind: meeting?.kind ?? "committee_session",
    name: meeting?.name ?? noTexts,
    statement: meeting?.statement ?? noTexts,
    placeId: place?.value ?? null,
    partyIds: meeting?.parties.map(({ id }) => id) ?? [],
    citations:
      meeting?.citations.map(({ source, paragraph, note }) => ({ sourceId: source.id, paragraph, note })) ?? [],
  };
  const nameOf = (id: unknown) =>
    known.get(String(id)) ?? (id === place?.value ? place?.label : undefined) ?? String(id);
  const saidAt = ({ sourceId, paragraph }: { sourceId: string; paragraph: number | null }) =>
    `${sources.find(({ value }) => value === sourceId)?.label ?? ""}, ¶ ${paragraph ?? ""}`;
  const fields = (
    <>
      <LanguageFields name="name" label={t("meetings.edit.name")} required />
      <LanguageFields
        name="statement"
        label={t("meetings.edit.statement")}
        hint={t("meetings.edit.statementHint")}
        rows={4}
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="kind"
          label={t("meetings.edit.kind")}
          options={Object.values(MeetingKind).map((value) => ({ value, label: t(`meetings.kind.${value}`) }))}
        />
        <PickerField
          name="placeId"
          noun="places"
          records={records}
          known={known}
          initial={place}
          label={t("meetings.field.place")}
        />
      </div>
      {!meeting && (
        <>
          <WhenFields label={t("meetings.field.date")} />
          <InferredFields />
        </>
      )}
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-semibold">{t("meetings.field.parties")}</legend>
        <PickerListField
          name="partyIds"
          noun="parties"
          records={records}
          known={known}
          label={t("meetings.edit.addParty")}
        />
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-semibold">{t("meetings.field.sources")}</legend>
        <CitationFields sources={sources} />
      </fieldset>
    </>
  );
  if (!meeting) {
    return (
      <EntryForm
        schema={meetingInput}
        action={recordMeeting}
        values={{ portfolioId: portfolio, ...values, phrase: null, edtf: null, inferred: noTexts }}
        done={t("meetings.edit.added")}
        submit={t("meetings.edit.add")}
        next={({ key }) => meetingPath(portfolio, key)}
        cancel={`/${portfolio}/meetings`}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editMeetingInput}
      action={editMeeting}
      values={{ id: meeting.id, version: meeting.version, ...values }}
      shown={[
        { name: "name", label: t("meetings.edit.name"), show: showTexts },
        { name: "statement", label: t("meetings.edit.statement"), show: showTexts },
        { name: "kind", label: t("meetings.edit.kind"), show: (value) => t.dynamic(`meetings.kind.${value}`) },
        {
          name: "placeId",
          label: t("meetings.field.place"),
          show: (value) => (value === null ? "" : nameOf(value)),
        },
        {
          name: "partyIds",
          label: t("meetings.field.parties"),
          show: (value) => (value as string[]).map(nameOf).join("\n"),
        },
        {
          name: "citations",
          label: t("meetings.field.sources"),
          show: (value) => (value as Parameters<typeof saidAt>[0][]).map(saidAt).join("\n"),
        },
      ]}
      done={t("catalogue.saved")}
      next={() => meetingPath(portfolio, meeting.key)}
      cancel={meetingPath(portfolio, meeting.key)}
    >
      {fields}
    </EntryForm>
  );
}
