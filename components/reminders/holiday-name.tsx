"use client";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { type Locale, localeNames, locales } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = { register: (locale: Locale) => UseFormRegisterReturn; error?: string | undefined };

/** A holiday's name in each language; one is enough. */
export function HolidayName({ register, error }: Props) {
  const t = useTranslator();
  return locales.map((locale) => (
    <Field
      key={locale}
      label={t("reminders.holidays.nameIn", { language: localeNames[locale] })}
      error={locale === "en" ? error : undefined}
    >
      {(control) => <Input {...control} {...register(locale)} lang={locale} autoComplete="off" />}
    </Field>
  ));
}
