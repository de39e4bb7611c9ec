"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { sendForm } from "#components/people/form.ts";
import { type Agency, PersonFields, type PersonValues } from "#components/people/person-fields.tsx";
import { Problem, wordsOf } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { localeNames } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { updatePerson } from "#lib/people/actions.ts";
import { createInput, roles } from "#lib/people/schema.ts";

type Props = { id: string; version: number; values: PersonValues; agencies: readonly Agency[] };

const fields = ["name", "email", "role", "agencyId", "locale"] as const;

/** Changes a person. Where somebody else has meanwhile, both values are shown, and saving again takes ours. */
export function EditPersonForm({ id, version: first, values: given, agencies }: Props) {
  const t = useTranslator();
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

  const shown = (field: keyof PersonValues, value: string): string => {
    if (field === "role") return roles.some((role) => role === value) ? t.dynamic(`people.role.${value}`) : value;
    if (field === "agencyId") return agencies.find((agency) => agency.id === value)?.label ?? t("people.noAgency");
    if (field === "locale") return localeNames[value as keyof typeof localeNames] ?? t("people.localeAuto");
    return value;
  };
  const theirs = (problem?.conflict?.theirs ?? {}) as Partial<Record<keyof PersonValues, string | null>>;
  const different = problem?.conflict
    ? fields.filter((field) => (theirs[field] ?? "") !== (getValues(field) ?? ""))
    : [];

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      {problem?.conflict ? (
        <div role="alert" className="grid gap-2 rounded-md border border-caution bg-caution-soft px-3 py-2">
          <p className="flex items-start gap-2 font-semibold text-caution">
            <Icon name="alert" className="mt-[0.25em]" />
            {wordsOf(t, problem)}
          </p>
          <ul className="grid gap-1">
            {different.map((field) => (
              <li key={field}>
                {t("people.edit.theirs", {
                  field: t(fieldNames[field]),
                  theirs: shown(field, theirs[field] ?? ""),
                  yours: shown(field, getValues(field) ?? ""),
                })}
              </li>
            ))}
          </ul>
          <p>{t("people.edit.overwrite")}</p>
        </div>
      ) : (
        <Problem t={t} error={problem} />
      )}
      <PersonFields register={register} errors={formState.errors} agencies={agencies} />
      <p className="text-sm text-muted">{t("people.edit.roleNote")}</p>
      <div>
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

const fieldNames = {
  name: "people.field.name",
  email: "people.field.email",
  role: "people.field.role",
  agencyId: "people.field.agency",
  locale: "people.field.locale",
} as const;
