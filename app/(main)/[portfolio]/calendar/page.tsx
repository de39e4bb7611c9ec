import type { Metadata } from "next";
import Link from "next/link";
import { EntryItem, entryIcons } from "#components/calendar/entry-item.tsx";
import { MonthGrid } from "#components/calendar/month-grid.tsx";
import { MonthHead } from "#components/calendar/month-head.tsx";
import { PicturesHead } from "#components/overview/pictures-head.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { entryKinds } from "#lib/calendar/entry.ts";
import { readMonth } from "#lib/calendar/queries.ts";
import { nameFilters } from "#lib/commitments/facets.ts";
import { type Filters, listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { daysOfMonth, isMonth, monthAfter } from "#lib/months.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { teamToday } from "#lib/team-day.ts";
import "#components/calendar/calendar.css";
import { registerPath } from "#lib/paths.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("calendar.title") };
}

/** What falls into a month: deadlines, milestones, ends, notices, meetings and holidays. */
export default async function CalendarPage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  const today = teamToday(new Date());
  const asked = [query.month].flat()[0] || undefined;
  const month = asked !== undefined && isMonth(asked) ? asked : today.slice(0, 7);
  const { listing, refused } = parseListing({ ...query, sort: undefined, columns: undefined });
  const [found, names] = await Promise.all([
    readMonth(actor, portfolio, month, { filters: listing.filters, today }),
    nameFilters(actor, listing.filters, portfolio, locale),
  ]);
  const t = translator(locale);
  const f = format(locale);
  const register = (filters: Partial<Filters>) =>
    registerPath(portfolio, listingQuery({ ...listing, filters: { ...listing.filters, ...filters } }));
  const address = (of: string, filters: Partial<Filters> = {}) => {
    const rest = listingQuery({ ...listing, filters: { ...listing.filters, ...filters } });
    return `/${portfolio}/calendar?month=${of}${rest && `&${rest}`}`;
  };
  const { from, to } = daysOfMonth(month);
  const year = month.slice(0, 4);
  const shown = { t, locale, portfolio };
  const apart = [
    {
      id: "some-day",
      title: t("calendar.someDay", { month: f.date(month) }),
      note: null,
      entries: found.month,
      href: register({ due: `${from}..${to}`, precision: ["month"] }),
    },
    {
      id: "some-time",
      title: t("calendar.someTime", { year }),
      note: t("calendar.someTimeNote", { year }),
      entries: found.year,
      href: register({ due: `${year}-01-01..${year}-12-31`, precision: ["longer"] }),
    },
  ];
  return (
    <>
      <PicturesHead t={t} portfolio={portfolio} current="calendar" />
      <MonthHead {...shown} month={month} today={today} listing={listing} names={names} address={address} />
      {(asked !== undefined && asked !== month) || refused.length > 0 ? (
        <p className="mb-2 flex items-start gap-2 text-caution">
          <Icon name="alert" className="mt-[0.2em]" />
          {refused.length > 0 ? t("register.refused", { names: f.list(refused) }) : t("calendar.errors.month")}
        </p>
      ) : null}
      <p className="mb-2 max-w-prose text-muted">{t("calendar.lead")}</p>
      <MonthGrid
        {...shown}
        month={month}
        today={today}
        found={found}
        register={(day) => register({ due: `${day}..${day}`, precision: ["day"] })}
        previous={address(monthAfter(month, -1))}
        next={address(monthAfter(month, 1))}
      />
      <p className="mt-1 text-sm text-muted max-md:hidden print:hidden">{t("calendar.keys")}</p>
      <ul aria-label={t("calendar.marks")} className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        {entryKinds.map((kind) => (
          <li key={kind} className="flex items-center gap-1.5">
            <Icon name={entryIcons[kind]} />
            {t(`calendar.kind.${kind}`)}
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <Icon name="sun" />
          {t("calendar.holiday")}
        </li>
      </ul>
      <div className="mt-6 grid gap-x-10 gap-y-6 md:grid-cols-2">
        {apart.map(({ id, title, note, entries, href }) => (
          <section key={id} aria-labelledby={id}>
            <h2 id={id} className="text-lg">
              {title}
            </h2>
            {note && <p className="text-sm text-muted">{note}</p>}
            {entries.shown.length === 0 && <p className="text-muted">{t("calendar.nothing")}</p>}
            <ul className="mt-1">
              {entries.shown.map((entry) => (
                <EntryItem
                  key={`${entry.kind} ${entry.kind === "meeting" ? entry.key : `${entry.reference} ${entry.what?.en}`}`}
                  {...shown}
                  entry={entry}
                  dated
                />
              ))}
            </ul>
            {entries.deadlines > 0 && (
              <p className="mt-1">
                <Link href={href} prefetch={false} className="inline-flex min-h-6 items-center">
                  {t("calendar.deadlines", { count: entries.deadlines })}
                </Link>
              </p>
            )}
          </section>
        ))}
      </div>
    </>
  );
}
