import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeskLists } from "#components/desk/desk-lists.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { PausedNotice } from "#components/webhooks/paused-notice.tsx";
import { desksOf, listDesk } from "#lib/commitments/desk.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { isEditor } from "#lib/portfolios/policy.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { pausedWebhooks } from "#lib/webhooks/queries.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<{ of?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("desk.title") };
}

/** What a person owes: overdue, due soon, silent for long; `?of=all` what everybody owes, for managers. */
export default async function DeskPage({ params, searchParams }: Props) {
  const [{ portfolio: id }, { of: asked }, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  const desks = desksOf(actor, id);
  const of = desks.find((desk) => desk === asked) ?? desks[0];
  const today = teamToday(new Date());
  const [portfolio, lists, paused] = await Promise.all([
    findPortfolio(actor, id),
    listDesk(actor, id, { of, locale, today, timeZone: teamZone() }),
    pausedWebhooks(actor, id),
  ]);
  if (!portfolio) notFound();

  const t = translator(locale);
  const href = `/${portfolio.id}/desk`;
  return (
    <div className="mx-auto max-w-6xl">
      <h1 className="text-2xl">{t(`desk.heading.${of}`)}</h1>
      <p className="mt-1 max-w-prose text-muted">{t(!isEditor(actor, id) ? "desk.lead.viewer" : `desk.lead.${of}`)}</p>
      <PausedNotice t={t} portfolio={portfolio.id} count={paused.length} />
      {desks.length > 1 && (
        <div className="mt-3">
          <Tabs
            label={t("desk.whose.label")}
            tabs={desks.map((desk) => ({
              href: desk === desks[0] ? href : `${href}?of=${desk}`,
              label: t(`desk.whose.${desk}`),
              current: desk === of,
            }))}
          />
        </div>
      )}
      <DeskLists {...{ t, locale, actor, of, lists, today }} portfolio={portfolio.id} />
    </div>
  );
}
