"use client";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import { LocaleOptions } from "#components/shell/locale-options.tsx";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { type createInput, memberRoles } from "#lib/people/schema.ts";

/** A person as the form holds it: an empty choice means none. */
export type PersonValues = z.input<typeof createInput>;

export type Agency = { id: string; label: string };
export type PortfolioChoice = { id: string; label: string; lang?: string };

/** The paths of the form's fields. */
export const fieldsOf = (portfolios: readonly PortfolioChoice[]) => [
  ...(["name", "email", "admin", "agencyId", "locale"] as const),
  ...portfolios.map(({ id }) => `roles.${id}` as const),
];

type Props = {
  register: UseFormRegister<PersonValues>;
  errors: FieldErrors<PersonValues>;
  agencies: readonly Agency[];
  portfolios: readonly PortfolioChoice[];
};

/** What an admin says of a person, new or known. */
export function PersonFields({ register, errors, agencies, portfolios }: Props) {
  const t = useTranslator();
  const error = (field: Exclude<keyof PersonValues, "roles">) =>
    errors[field]?.message && t.dynamic(errors[field].message);
  const roleErrors = errors.roles as Record<string, { message?: string } | undefined> | undefined;
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
      <Checkbox {...register("admin")} label={t("people.role.admin")} hint={t("people.roleHint.admin")} />
      <ChoiceGroup legend={t("people.field.roles")}>
        <ul className="mb-1 text-sm text-muted">
          {memberRoles.map((role) => (
            <li key={role}>
              {t("people.roleSays", { role: t(`people.role.${role}`), what: t(`people.roleHint.${role}`) })}
            </li>
          ))}
        </ul>
        {portfolios.map(({ id, label }) => (
          <Field key={id} label={label} error={roleErrors?.[id]?.message && t.dynamic(roleErrors[id].message)}>
            {(control) => (
              <Select {...control} {...register(`roles.${id}`)}>
                <option value="">{t("people.noMember")}</option>
                {memberRoles.map((role) => (
                  <option key={role} value={role}>
                    {t(`people.role.${role}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
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
            <LocaleOptions />
          </Select>
        )}
      </Field>
    </>
  );
}
