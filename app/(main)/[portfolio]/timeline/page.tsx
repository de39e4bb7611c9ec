import type { Metadata } from "next";
import Link from "next/link";
import { PicturesHead } from "#components/overview/pictures-head.tsx";
import { FilterForm } from "#components/register/filter-form.tsx";
import { Patterns } from "#components/timeline/patterns.tsx";
import { Legend, TimelineHead } from "#components/timeline/timeline-head.tsx";
import { TimelineTable } from "#components/timeline/timeline-table.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { countFacets, nameFilters } from "#lib/commitments/facets.ts";
import { listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { numberOf } from "#lib/dates.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { teamToday } from "#lib/team-day.ts";
import { listMeetingLines, listTimeline, timelineMost } from "#lib/timeline/queries.ts";
import { rangeOf } from "#lib/timeline/rules.ts";
import { parseLook } from "#lib/timeline/schema.ts";
import "#components/timeline/timeline.css";
import { registerPath } from "#lib/paths.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("timeline.title") };
}

/** Records over the years, in groups. */
export default async function TimelinePage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  const { listing, refused } = parseListing({ ...query, sort: undefined, columns: undefined });
  const look = parseLook(query);
  const today = teamToday(new Date());
  const { filters } = listing;
  const [{ groups, count, more }, meetings, names, facets] = await Promise.all([
    listTimeline(actor, portfolio, filters, { locale, today, group: look.group }),
    listMeetingLines(actor, portfolio, locale),
    nameFilters(actor, filters, portfolio, locale),
    query.filters === undefined ? null : countFacets(actor, portfolio, filters, { locale, today }),
  ]);
  const t = translator(locale);
  const rows = groups.flatMap((group) => group.rows);
  const days = rows.flatMap(({ start, sure, last, milestones }) => [
    start,
    sure,
    last,
    ...milestones.map(({ at }) => at),
  ]);
  const register = listingQuery(listing);
  return (
    <>
      <PicturesHead t={t} portfolio={portfolio} current="timeline" />
      <TimelineHead t={t} portfolio={portfolio} listing={listing} look={look} names={names} />
      {facets && (
        <section aria-label={t("register.panel.title")} className="mb-4 max-w-4xl border border-line bg-surface p-4">
          <ClientMessages
            locale={locale}
            scopes={[
              "common",
              "register.filter",
              "register.panel",
              "register.columnsPanel",
              "register.clearAll",
              "commitments",
            ]}
          >
            <FilterForm action={`/${portfolio}/timeline`} listing={listing} facets={facets} kept={look} />
          </ClientMessages>
        </section>
      )}
      {refused.length > 0 && (
        <p className="mb-2 flex items-start gap-2 text-caution">
          <Icon name="alert" className="mt-[0.2em]" />
          {t("register.refused", { names: format(locale).list(refused) })}
        </p>
      )}
      <p className="mb-2 max-w-prose text-muted">
        {t("timeline.lead", { count })} {more && t("timeline.more", { count: timelineMost })}{" "}
        <Link href={registerPath(portfolio, register)} prefetch={false}>
          {t("timeline.inRegister")}
        </Link>
      </p>
      {rows.length === 0 ? (
        <EmptyState icon="search" title={t("timeline.none.title")}>
          {t("timeline.none.body")}
        </EmptyState>
      ) : (
        <>
          <noscript>
            <p className="mb-2 text-muted">{t("timeline.rest")}</p>
          </noscript>
          <Patterns />
          <ClientMessages locale={locale} scopes={["timeline", "commitments.schedule"]}>
            <TimelineTable
              key={listingQuery(listing) + look.group}
              portfolio={portfolio}
              groups={groups}
              meetings={meetings}
              range={rangeOf(days, today)}
              zoom={look.zoom}
              today={numberOf(today)}
            />
          </ClientMessages>
          <p className="mt-1 text-sm text-muted print:hidden">{t("timeline.keys")}</p>
          <Legend t={t} />
        </>
      )}
    </>
  );
}
