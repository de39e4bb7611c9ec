"use client";
import { useId } from "react";
import {
  AreaField,
  NumberField,
  SelectField,
  TextField,
  useFieldError,
  VagueDateField,
} from "#components/commitments/fields.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Texts } from "#lib/text.ts";

/** The fields that the forms of the catalogue share. */

export const noTexts: Texts = { en: "", vi: "", lo: "" };

/** A text in the three languages, one below the other, as a conflict shows it. */
export const showTexts = (value: unknown): string =>
  locales
    .filter((locale) => (value as Texts | null)?.[locale])
    .map((locale) => `${localeNames[locale]}: ${(value as Texts)[locale]}`)
    .join("\n");

type LanguageProps = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** More than one line. */
  rows?: number;
  required?: boolean;
};

/** One text in each language, the reader's own first. Of a required one, at least one language has to be there. */
export function LanguageFields({ name, label, hint, rows, required }: LanguageProps) {
  const t = useTranslator();
  const reader = useLocale();
  const id = useId();
  const error = useFieldError(name);
  const order = [reader, ...locales.filter((locale) => locale !== reader)];
  return (
    <fieldset aria-describedby={error ? id : undefined} className="grid gap-1">
      <legend className="font-semibold">
        {label}
        {required && <span className="ms-1 text-sm font-normal text-muted">({t("catalogue.oneLanguage")})</span>}
      </legend>
      {hint && <p className="text-sm text-muted">{hint}</p>}
      <div className="grid gap-3 md:grid-cols-3">
        {order.map((locale) => {
          const common = {
            name: `${name}.${locale}`,
            lang: locale,
            label: (
              <span lang={locale} className="font-normal">
                {localeNames[locale]}
              </span>
            ),
          };
          return rows ? <AreaField key={locale} {...common} rows={rows} /> : <TextField key={locale} {...common} />;
        })}
      </div>
      {error && (
        <p id={id} role="alert" className="flex items-start gap-1 text-sm font-medium text-critical">
          <Icon name="alert" className="mt-[0.25em]" />
          {error === t("errors.text.empty") ? t("commitments.edit.texts.missing", { field: label }) : error}
        </p>
      )}
    </fieldset>
  );
}

type WhenProps = { edtf?: string; phrase?: boolean; label: string };

/** When: the words of the text and what they mean, and why we say so where the text does not. */
export function WhenFields({ edtf = "edtf", phrase = true, label }: WhenProps) {
  const t = useTranslator();
  return (
    <div className="grid gap-3">
      <div className="grid gap-4 sm:grid-cols-2">
        {phrase && <TextField name="phrase" label={t("catalogue.phrase")} hint={t("catalogue.phraseHint")} />}
        <VagueDateField name={edtf} label={label} />
      </div>
    </div>
  );
}

/** Why we give a date that no text does. */
export function InferredFields() {
  const t = useTranslator();
  return (
    <details className="rounded-md border border-line">
      <summary className="control px-3 py-1.5 text-sm text-accent">{t("catalogue.inferred.title")}</summary>
      <div className="px-3 pb-3">
        <LanguageFields
          name="inferred"
          label={t("catalogue.inferred.reason")}
          hint={t("catalogue.inferred.hint")}
          rows={2}
        />
      </div>
    </details>
  );
}

/** Where it is said: document and paragraph. */
export function SaidFields({ sources }: { sources: readonly Choice[] }) {
  const t = useTranslator();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-start gap-4">
      <SelectField name="sourceId" label={t("catalogue.source")} options={sources} required />
      <NumberField name="paragraph" label={t("catalogue.paragraph")} required />
    </div>
  );
}

/** Why a claim changes. */
export function ReasonField() {
  const t = useTranslator();
  return <AreaField name="reason" label={t("catalogue.reason")} hint={t("catalogue.reasonHint")} required rows={2} />;
}
