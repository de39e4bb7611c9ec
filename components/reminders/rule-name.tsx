"use client";
import { useFormContext } from "react-hook-form";
import type { RuleValues } from "#components/reminders/rule-values.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** What the rule is called, in as many languages as somebody writes. */
export function RuleName() {
  const t = useTranslator();
  const { register, formState } = useFormContext<RuleValues>();
  const key = formState.errors.name?.en?.message;
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3">
      <legend className="sr-only">{t("reminders.form.name")}</legend>
      {locales.map((locale) => (
        <Field
          key={locale}
          label={t("reminders.form.nameIn", { language: localeNames[locale] })}
          error={locale === "en" && key && t.dynamic(key)}
        >
          {(control) => <Input {...control} {...register(`name.${locale}`)} lang={locale} autoComplete="off" />}
        </Field>
      ))}
    </fieldset>
  );
}
