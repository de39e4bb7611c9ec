"use client";
import { useState } from "react";
import { z } from "zod";
import { attempt, EditForm } from "#components/commitments/edit-form.tsx";
import { AreaField, NumberField, SelectField } from "#components/commitments/fields.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { addCitation, removeCitation } from "#lib/commitments/actions.ts";
import { citationInput } from "#lib/commitments/schema.ts";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** The note's three fields are there from the start; with nothing in them there is no note. */
const schema = z.preprocess((values) => {
  const { note, ...rest } = values as { note?: Record<string, string> };
  return { ...rest, note: note && Object.values(note).some(Boolean) ? note : null };
}, citationInput);

/** Where it was said: one more place, or one fewer. */
export default function CitationsForm({ data }: FormProps) {
  const t = useTranslator();
  const sources = data.choices.sources ?? [];
  const toValues = () => ({
    sourceId: sources[0]?.value ?? "",
    paragraph: null,
    note: { en: "", vi: "", lo: "" },
    supports: null,
  });
  return (
    <div className="grid gap-2">
      <Present data={data} />
      <EditForm
        schema={schema}
        action={addCitation}
        data={data}
        toValues={toValues}
        shown={[]}
        done={t("commitments.edit.done.citation")}
        submit={t("commitments.edit.citations.add")}
      >
        <div className="grid gap-4 sm:grid-cols-[1fr_8rem_12rem]">
          <SelectField name="sourceId" label={t("commitments.field.source")} options={sources} />
          <NumberField name="paragraph" label={t("commitments.edit.citations.paragraph")} required />
          <SelectField
            name="supports"
            label={t("commitments.edit.citations.supports")}
            none={t("commitments.edit.citations.whole")}
            options={(["completion", "deadline"] as const).map((value) => ({
              value,
              label: t(`commitments.field.${value}`),
            }))}
          />
        </div>
        <div className="grid gap-4 md:grid-cols-3">
          {locales.map((locale) => (
            <AreaField
              key={locale}
              name={`note.${locale}`}
              lang={locale}
              rows={2}
              label={`${t("commitments.edit.citations.note")} (${localeNames[locale]})`}
            />
          ))}
        </div>
      </EditForm>
    </div>
  );
}

function Present({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const { saved } = useFrame();
  const [busy, setBusy] = useState<string | null>(null);
  const { id, version, citations } = data.record;

  async function remove(citationId: string) {
    setBusy(citationId);
    const answer = await attempt(() => removeCitation({ id, version, citationId }));
    setBusy(null);
    if (!answer.ok) return showToast(t.dynamic(answer.error.key), "critical");
    showToast(t("commitments.edit.done.citationRemoved"));
    saved(answer.result.version);
  }

  return (
    <ul className="grid gap-1">
      {citations.map((citation) => {
        const name = `${pickText(citation.source.label, locale)}, ¶ ${citation.paragraph}`;
        return (
          <li key={citation.id} className="flex items-center gap-2">
            <span className="min-w-0 flex-1">{name}</span>
            <Button
              size="sm"
              variant="quiet"
              icon="trash"
              busy={busy === citation.id}
              onClick={() => remove(citation.id)}
            >
              {t("common.remove")}
              <span className="sr-only"> {name}</span>
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
