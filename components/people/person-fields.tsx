"use client";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import { ChoiceGroup, Radio } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { type createInput, roles } from "#lib/people/schema.ts";

/** A person as the form holds it: an empty choice means none. */
export type PersonValues = z.input<typeof createInput>;

export type Agency = { id: string; label: string };

type Props = {
  register: UseFormRegister<PersonValues>;
  errors: FieldErrors<PersonValues>;
  agencies: readonly Agency[];
};

/** What an admin says of a person, new or known. */
export function PersonFields({ register, errors, agencies }: Props) {
  const t = useTranslator();
  const error = (field: keyof PersonValues) => errors[field]?.message && t.dynamic(errors[field].message);
  return (
    <>
      <Field label={t("people.field.name")} error={error("name")}>
        {(control) => <Input {...control} {...register("name")} autoComplete="off" />}
      </Field>
      <Field label={t("people.field.email")} error={error("email")}>
        {(control) => (
          <Input
            {...control}
            {...register("email")}
            inputMode="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <ChoiceGroup legend={t("people.field.role")}>
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            {...register("role")}
            label={t(`people.role.${role}`)}
            hint={t(`people.roleHint.${role}`)}
          />
        ))}
        {errors.role && (
          <p className="flex items-start gap-1 text-sm font-medium text-critical">
            <Icon name="alert" className="mt-[0.25em]" />
            {error("role")}
          </p>
        )}
      </ChoiceGroup>
      <Field label={t("people.field.agency")} hint={t("people.agencyHint")} error={error("agencyId")}>
        {(control) => (
          <Select {...control} {...register("agencyId")}>
            <option value="">{t("people.noAgency")}</option>
            {agencies.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("people.field.locale")} error={error("locale")}>
        {(control) => (
          <Select {...control} {...register("locale")}>
            <option value="">{t("people.localeAuto")}</option>
            {locales.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {localeNames[locale]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}
