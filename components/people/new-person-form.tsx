"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { sendForm } from "#components/people/form.ts";
import { GivenLink } from "#components/people/given-link.tsx";
import { type Agency, PersonFields, type PersonValues } from "#components/people/person-fields.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { createPerson } from "#lib/people/actions.ts";
import { createInput } from "#lib/people/schema.ts";

const empty: PersonValues = { name: "", email: "", role: "viewer", agencyId: "", locale: "" };

/** Adds a person, then shows the link by which they set their password. */
export function NewPersonForm({ agencies }: { agencies: readonly Agency[] }) {
  const t = useTranslator();
  const [problem, setProblem] = useState<ActionError>();
  const [added, setAdded] = useState<{ name: string; token: string; expiresAt: Date }>();
  const { register, handleSubmit, setError, reset, formState } = useForm<
    PersonValues,
    unknown,
    z.output<typeof createInput>
  >({
    resolver: zodResolver(createInput),
    defaultValues: empty,
  });

  if (added) {
    return (
      <div className="grid gap-4">
        <GivenLink name={added.name} link={added} />
        <div className="flex flex-wrap gap-2">
          <Button
            icon="plus"
            onClick={() => {
              reset(empty);
              setAdded(undefined);
            }}
          >
            {t("people.create.another")}
          </Button>
          <LinkButton href="/people">{t("people.title")}</LinkButton>
        </div>
      </div>
    );
  }

  const submit = handleSubmit(async (values) => {
    const sent = await sendForm(() => createPerson(values), setError, ["name", "email", "role", "agencyId", "locale"]);
    if ("result" in sent) return setAdded({ ...sent.result, name: values.name });
    setProblem(sent.problem);
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Problem t={t} error={problem} />
      <PersonFields register={register} errors={formState.errors} agencies={agencies} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {t("people.create.submit")}
        </Button>
        <LinkButton href="/people" variant="quiet">
          {t("common.cancel")}
        </LinkButton>
      </div>
    </form>
  );
}
