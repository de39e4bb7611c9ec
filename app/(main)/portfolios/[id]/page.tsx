import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { CatalogueHistory } from "#components/audit/history.tsx";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { PortfolioForm } from "#components/portfolios/portfolio-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { getHistory } from "#lib/audit/queries.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pick } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listKept, listMembers, membersMost } from "#lib/portfolios/members.ts";
import { may } from "#lib/portfolios/policy.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("portfolios.title") };
}

export default async function Page({ params }: Props) {
  const [{ id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "keep")) return <ForbiddenState locale={locale} />;
  const portfolio = (await listKept(actor)).find((each) => each.id === id);
  if (!portfolio) notFound();
  const [members, told] = await Promise.all([listMembers(actor, id), getHistory(actor, id, "portfolio", id)]);
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("portfolios.title"), href: "/portfolios" }]}
      title={pick(portfolio.name, locale).text || id}
      lead={t("portfolios.about", { prefix: portfolio.prefix, records: portfolio.records })}
      scopes={["portfolios"]}
    >
      <PortfolioForm portfolio={portfolio} />
      <section aria-labelledby="members" className="grid gap-2">
        <h2 id="members" className="text-lg">
          {t("portfolios.members")}
        </h2>
        <p className="max-w-prose text-sm text-muted">{t("portfolios.membersNote")}</p>
        {members.length > 0 && (
          <ul className="divide-y divide-line border-y border-line">
            {members.map(({ id: person, name, email, role }) => (
              <li key={person} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
                <Link href={`/people/${person}`} prefetch={false} className="font-semibold">
                  {name}
                </Link>
                <span className="break-all text-muted">{email}</span>
                <span className="ms-auto">{t(`people.role.${role}`)}</span>
              </li>
            ))}
          </ul>
        )}
        {portfolio.members > membersMost && (
          <p className="text-muted">{t("portfolios.more", { count: membersMost })}</p>
        )}
      </section>
      <CatalogueHistory t={t} locale={locale} portfolio={id} told={told} />
    </EntryPage>
  );
}
