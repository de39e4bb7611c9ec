"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import type { z } from "zod";
import { sendForm } from "#components/people/form.ts";
import {
  type Agency,
  fieldsOf,
  PersonFields,
  type PersonValues,
  type PortfolioChoice,
} from "#components/people/person-fields.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { localeNames } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { updatePerson } from "#lib/people/actions.ts";
import { createInput, memberRoles } from "#lib/people/schema.ts";

type Props = {
  id: string;
  version: number;
  values: PersonValues;
  agencies: readonly Agency[];
  portfolios: readonly PortfolioChoice[];
};

/** Changes a person. Where somebody else has meanwhile, both values are shown, and saving again takes ours. */
export function EditPersonForm({ id, version: first, values: given, agencies, portfolios }: Props) {
  const t = useTranslator();
  const fields = fieldsOf(portfolios);
  const [version, setVersion] = useState(first);
  const [problem, setProblem] = useState<ActionError>();
  const { register, handleSubmit, setError, reset, getValues, formState } = useForm<
    PersonValues,
    unknown,
    z.output<typeof createInput>
  >({
    resolver: zodResolver(createInput),
    defaultValues: given,
  });

  const submit = handleSubmit(async (values) => {
    const sent = await sendForm(() => updatePerson({ id, version, ...values }), setError, fields);
    if ("problem" in sent) {
      if (sent.problem?.conflict) setVersion(sent.problem.conflict.version);
      return setProblem(sent.problem);
    }
    setProblem(undefined);
    setVersion(sent.result.version);
    reset(getValues());
    showToast(t("people.edit.saved"));
  });

  const shown = (field: string, value: string): string => {
    if (field === "admin") return t(value === "true" ? "people.isAdmin" : "people.noAdmin");
    if (field.startsWith("roles."))
      return memberRoles.some((role) => role === value) ? t.dynamic(`people.role.${value}`) : t("people.noMember");
    if (field === "agencyId") return agencies.find((agency) => agency.id === value)?.label ?? t("people.noAgency");
    if (field === "locale") return localeNames[value as keyof typeof localeNames] ?? t("people.localeAuto");
    return value;
  };
  const theirs = (problem?.conflict?.theirs ?? {}) as Record<string, string | boolean | null | undefined>;
  const [stands, typed] = [
    (field: string) => String(theirs[field] ?? ""),
    (field: Field) => String(getValues(field) ?? ""),
  ];
  const different = problem?.conflict ? fields.filter((field) => stands(field) !== typed(field)) : [];
  const nameOf = (field: Field) =>
    portfolios.find(({ id }) => field === `roles.${id}`)?.label ?? t(fieldNames[field as keyof typeof fieldNames]);

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Problem t={t} error={problem}>
        {problem?.conflict && (
          <>
            <ul className="grid gap-1">
              {different.map((field) => (
                <li key={field}>
                  {t("people.edit.theirs", {
                    field: nameOf(field),
                    theirs: shown(field, stands(field)),
                    yours: shown(field, typed(field)),
                  })}
                </li>
              ))}
            </ul>
            <p>{t("people.edit.overwrite")}</p>
          </>
        )}
      </Problem>
      <PersonFields register={register} errors={formState.errors} agencies={agencies} portfolios={portfolios} />
      <p className="text-sm text-muted">{t("people.edit.roleNote")}</p>
      <div>
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

type Field = ReturnType<typeof fieldsOf>[number];

const fieldNames = {
  name: "people.field.name",
  email: "people.field.email",
  admin: "people.role.admin",
  agencyId: "people.field.agency",
  locale: "people.field.locale",
} as const;
