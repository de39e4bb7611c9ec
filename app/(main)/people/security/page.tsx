import type { Metadata } from "next";
import { SecurityForm } from "#components/people/security-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/people/policy.ts";
import { getSecurity } from "#lib/people/security.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("security.policy.title") };
}

/** What the installation asks of people's access. */
export default async function SecurityPage() {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "setSecurity")) return <ForbiddenState locale={locale} />;
  const { secondFactorRoles, version, lacking } = await getSecurity(actor);
  const t = translator(locale);
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ href: "/people", label: t("people.title") }, { label: t("security.policy.title") }]}
      />
      <div>
        <h1 className="text-2xl">{t("security.policy.title")}</h1>
        <p className="mt-1 text-muted">{t("security.policy.body")}</p>
      </div>
      <ClientMessages
        locale={locale}
        scopes={["common", "errors", "people.role", "people.errors", "security.policy", "account.errors"]}
      >
        <SecurityForm chosen={secondFactorRoles} version={version} lacking={lacking} />
      </ClientMessages>
    </div>
  );
}
