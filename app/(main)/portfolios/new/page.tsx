import type { Metadata } from "next";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { PortfolioForm } from "#components/portfolios/portfolio-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/portfolios/policy.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("portfolios.add") };
}

export default async function Page() {
  const [actor, locale] = await Promise.all([requireActor(), requestLocale()]);
  if (!may(actor, "keep")) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("portfolios.title"), href: "/portfolios" }]}
      title={t("portfolios.add")}
      lead={t("portfolios.addLead")}
      scopes={["portfolios"]}
    >
      <PortfolioForm />
    </EntryPage>
  );
}
