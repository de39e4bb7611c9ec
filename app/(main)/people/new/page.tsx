import type { Metadata } from "next";
import { NewPersonForm } from "#components/people/new-person-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";
import { agencyChoices } from "#lib/people/agencies.ts";
import { may } from "#lib/people/policy.ts";
import { listPortfolios, portfolioChoices } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("people.add") };
}

export default async function NewPersonPage() {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "create")) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  const mail = mailIsSetUp();
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ href: "/people", label: t("people.title") }, { label: t("people.add") }]}
      />
      <div>
        <h1 className="text-2xl">{t("people.add")}</h1>
        <p className="mt-1 text-muted">{mail ? t("people.create.bodyMail") : t("people.create.body")}</p>
      </div>
      <ClientMessages locale={locale} scopes={["common", "errors", "people"]}>
        <NewPersonForm
          mail={mail}
          agencies={await agencyChoices(actor, locale)}
          portfolios={portfolioChoices(await listPortfolios(actor), locale)}
        />
      </ClientMessages>
    </div>
  );
}
