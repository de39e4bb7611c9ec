import type { Metadata } from "next";
import { IndicatorFigures } from "#components/overview/indicator-figures.tsx";
import { LastChanges } from "#components/overview/last-changes.tsx";
import { overviewHtml } from "#components/overview/overview-body.ts";
import { Patterns } from "#components/overview/patterns.tsx";
import { PicturesHead } from "#components/overview/pictures-head.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listIndicators } from "#lib/indicators/queries.ts";
import { openIn, total } from "#lib/overview/counts.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { teamToday } from "#lib/team-day.ts";
import "#components/overview/overview.css";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("overview.title") };
}

/** How many stand where, in numbers that each open the register with exactly those records. */
export default async function OverviewPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  const today = teamToday(new Date());
  const [overview, indicators] = await Promise.all([
    readOverview(actor, portfolio, today),
    listIndicators(actor, portfolio),
  ]);
  const t = translator(locale);
  const all = total(overview.schedule);
  const shown = { t, locale, portfolio, today };
  return (
    <div className="overview mx-auto max-w-6xl">
      <PicturesHead t={t} portfolio={portfolio} current="overview" />
      <p>{t("overview.lead", { all, open: openIn(overview.schedule), date: format(locale).date(today) })}</p>
      {all === 0 ? (
        <EmptyState icon="chart" title={t("overview.empty.title")}>
          {t("overview.empty.body")}
        </EmptyState>
      ) : (
        <>
          <Patterns />
          {/* Everything in it was escaped by lib/html.ts. */}
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes */}
          <div dangerouslySetInnerHTML={{ __html: overviewHtml(shown, overview) }} />
        </>
      )}
      <div className="halves">
        {indicators.length > 0 && <IndicatorFigures {...shown} indicators={indicators} />}
        <LastChanges {...shown} changes={overview.changes} />
      </div>
    </div>
  );
}
