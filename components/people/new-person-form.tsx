"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import type { z } from "zod";
import { sendForm } from "#components/people/form.ts";
import { GivenLink } from "#components/people/given-link.tsx";
import {
  type Agency,
  fieldsOf,
  PersonFields,
  type PersonValues,
  type PortfolioChoice,
} from "#components/people/person-fields.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { createPerson, invitePerson } from "#lib/people/actions.ts";
import { createInput } from "#lib/people/schema.ts";

type Props = { agencies: readonly Agency[]; portfolios: readonly PortfolioChoice[]; mail: boolean };

type Added = { name: string; email: string; link: { token: string; expiresAt: Date } | null };

/** Adds a person. The link by which they set their password goes to them by mail, or without `mail` is shown. */
export function NewPersonForm({ agencies, portfolios, mail }: Props) {
  const t = useTranslator();
  // Who is added works in the first portfolio, most often.
  const roles = Object.fromEntries(
    portfolios.map(({ id }, at) => [id, at === 0 ? ("viewer" as const) : ("" as const)]),
  );
  const empty: PersonValues = { name: "", email: "", admin: false, roles, agencyId: "", locale: "" };
  const [problem, setProblem] = useState<ActionError>();
  const [added, setAdded] = useState<Added>();
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
        {added.link ? (
          <GivenLink name={added.name} link={added.link} />
        ) : (
          <p className="rounded-md border border-positive bg-positive-soft p-3" role="status">
            {t("people.create.invited", { name: added.name, email: added.email })}
          </p>
        )}
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

  const fields = fieldsOf(portfolios);
  const invite = handleSubmit(async (values) => {
    const sent = await sendForm(() => invitePerson(values), setError, fields);
    if ("result" in sent) return setAdded({ name: values.name, email: values.email, link: null });
    setProblem(sent.problem);
  });
  const show = handleSubmit(async (values) => {
    const sent = await sendForm(() => createPerson(values), setError, fields);
    if ("result" in sent) return setAdded({ name: values.name, email: values.email, link: sent.result });
    setProblem(sent.problem);
  });
  return (
    <form onSubmit={mail ? invite : show} noValidate className="grid gap-4">
      <Problem t={t} error={problem} />
      <PersonFields register={register} errors={formState.errors} agencies={agencies} portfolios={portfolios} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {mail ? t("people.create.invite") : t("people.create.submit")}
        </Button>
        {mail && (
          <Button icon="link" disabled={formState.isSubmitting} onClick={show}>
            {t("people.create.showInstead")}
          </Button>
        )}
        <LinkButton href="/people" variant="quiet">
          {t("common.cancel")}
        </LinkButton>
      </div>
    </form>
  );
}
