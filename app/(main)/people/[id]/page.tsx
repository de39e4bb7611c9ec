import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditPersonForm } from "#components/people/edit-person-form.tsx";
import { HandOver } from "#components/people/hand-over.tsx";
import { Status } from "#components/people/people-table.tsx";
import { PersonAccess } from "#components/people/person-access.tsx";
import { Tokens } from "#components/people/tokens.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";
import { agencyChoices } from "#lib/people/agencies.ts";
import { getBelongings } from "#lib/people/handing-over.ts";
import { may } from "#lib/people/policy.ts";
import { getPerson } from "#lib/people/queries.ts";
import { listPortfolios, portfolioChoices } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("people.title") };
}

export default async function PersonPage({ params }: Props) {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "see")) return <ForbiddenState locale={locale} />;
  const [person, agencies, portfolios] = await Promise.all([
    getPerson(actor, (await params).id, new Date()),
    agencyChoices(actor, locale),
    listPortfolios(actor).then((all) => portfolioChoices(all, locale)),
  ]);
  if (!person) notFound();
  const belongings = await getBelongings(actor, person.id);
  const t = translator(locale);
  const { id, name, email, admin, agencyId, locale: language, version, disabledAt, sessions, linkExpiresAt } = person;
  const roles = Object.fromEntries(
    portfolios.map(({ id: portfolio }) => [portfolio, person.roles[portfolio] ?? ("" as const)]),
  );
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ href: "/people", label: t("people.title") }, { label: name }]}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-2xl">{name}</h1>
        <Status t={t} person={person} />
        {person.demo && <Badge tone="caution">{t("people.demo")}</Badge>}
      </div>
      <ClientMessages
        locale={locale}
        scopes={["common", "errors", "people", "account.tokens", "account.errors", "security.title"]}
      >
        <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[3fr_2fr]">
          <section aria-labelledby="person-data" className="grid gap-3">
            <h2 id="person-data" className="text-lg">
              {t("people.edit.title")}
            </h2>
            <EditPersonForm
              key={id}
              id={id}
              version={version}
              values={{ name, email, admin, roles, agencyId: agencyId ?? "", locale: language ?? "" }}
              agencies={agencies}
              portfolios={portfolios}
            />
          </section>
          <div className="grid gap-8">
            <section aria-labelledby="person-access" className="grid gap-3">
              <h2 id="person-access" className="text-lg">
                {t("people.access.title")}
              </h2>
              <PersonAccess
                id={id}
                name={name}
                disabledAt={disabledAt}
                sessions={sessions}
                linkExpiresAt={linkExpiresAt}
                lastSignInAt={person.lastSignInAt}
                factors={{
                  app: Boolean(person.factors?.totpSince),
                  passkeys: person.factors?.passkeys.length ?? 0,
                  recoveryLeft: person.factors?.recoveryLeft ?? 0,
                }}
                identities={person.identities}
                self={id === actor.id}
                mailTo={mailIsSetUp() && !person.demo ? email : null}
              />
            </section>
            {!disabledAt && id !== actor.id && (
              <section aria-labelledby="person-handover" className="grid gap-3">
                <h2 id="person-handover" className="text-lg">
                  {t("people.handOver.title")}
                </h2>
                <HandOver id={id} name={name} {...belongings} />
              </section>
            )}
            {person.tokens.length > 0 && (
              <section aria-labelledby="person-tokens" className="grid gap-3">
                <h2 id="person-tokens" className="text-lg">
                  {t("account.tokens.title")}
                </h2>
                <Tokens tokens={person.tokens} />
              </section>
            )}
          </div>
        </div>
      </ClientMessages>
    </div>
  );
}
