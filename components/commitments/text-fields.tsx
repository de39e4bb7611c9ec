"use client";
import type { ReactNode } from "react";
import { AreaField, TextField } from "#components/commitments/fields.tsx";
import { type Locale, localeNames, locales } from "#lib/i18n/locales.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** Title and statement in each language, the reader's own first. `after` stands under each. */
export function TextFields({ after }: { after?: (locale: Locale) => ReactNode }) {
  const t = useTranslator();
  const reader = useLocale();
  const order = [reader, ...locales.filter((locale) => locale !== reader)];
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      {order.map((locale) => (
        <fieldset key={locale} className="grid content-start gap-3">
          <legend lang={locale} className="mb-1 leading-7 font-semibold">
            {localeNames[locale]}
          </legend>
          <TextField name={`title.${locale}`} lang={locale} label={t("commitments.field.title")} />
          <AreaField name={`statement.${locale}`} lang={locale} label={t("commitments.field.statement")} rows={6} />
          {after?.(locale)}
        </fieldset>
      ))}
    </div>
  );
}
