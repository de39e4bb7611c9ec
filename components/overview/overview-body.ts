import { type BarRow, barTable, columnChart } from "#components/overview/bars.ts";
import { type Filters, listingQuery, parseListing, type Schedule, schedules } from "#lib/commitments/filters.ts";
import type { Day } from "#lib/dates.ts";
import { type Html, html, joined } from "#lib/html.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Group, Overview } from "#lib/overview/counts.ts";
import { registerPath } from "#lib/paths.ts";
import { Completion, Evidence } from "#prisma/generated/enums.ts";

type View = { t: Translator; locale: Locale; portfolio: string; today: Day };

/** No more agencies than a reader looks through. */
const agenciesShown = 20;

/**
 * The overview's figures, written as text like the register's table: every number and every mark is a link, which React
 * would send twice over.
 */
export function overviewHtml(view: View, overview: Overview): string {
  const { t, locale, today } = view;
  const f = format(locale);
  const show = (count: number) => f.number(count);
  const section = (name: SectionName, ...parts: (Html | string | false)[]) =>
    html`<section aria-labelledby='${name}-h'><h2 id='${name}-h'>${t(`overview.section.${name}`)}</h2>${joined(parts.map((part) => (typeof part === "string" ? html`<p>${part}</p>` : html`${part}`)))}</section>`;
  const values = (name: SectionName, rows: BarRow[]) =>
    barTable(
      {
        caption: t(`overview.section.${name}`),
        label: t(`overview.section.${name}`),
        picture: t("overview.picture"),
        parts: [t("overview.count")],
      },
      rows,
      show,
    );
  const counted = <V extends string>(
    filter: "status" | "evidence",
    all: readonly V[],
    found: readonly { value: V; count: number }[],
    word: (value: V) => string,
  ) =>
    all.map(
      (value): BarRow => ({
        label: word(value),
        parts: [
          {
            fill: "plain",
            count: found.find((one) => one.value === value)?.count ?? 0,
            href: registerWith(view, { [filter]: [value] }),
          },
        ],
      }),
    );
  const undated = overview.schedule.undated ?? 0;
  const undatedSays = t("overview.undated", { count: undated });

  return html`<div class=thirds>${[
    section(
      "schedule",
      values(
        "schedule",
        schedules.map((is) => ({
          label: t(`commitments.schedule.${is}`),
          parts: [{ fill: is, count: overview.schedule[is] ?? 0, href: registerWith(view, { schedule: [is] }) }],
        })),
      ),
    ),
    section(
      "status",
      values(
        "status",
        counted("status", Object.values(Completion), overview.status, (value) => t(`commitments.completion.${value}`)),
      ),
      t("overview.statusNote"),
    ),
    section(
      "evidence",
      values(
        "evidence",
        counted("evidence", Object.values(Evidence), overview.evidence, (value) => t(`commitments.evidence.${value}`)),
      ),
    ),
  ]}</div><div class=halves>${[
    section(
      "due",
      t("overview.dueNote"),
      barTable(
        {
          caption: t("overview.section.due"),
          label: t("overview.month"),
          picture: t("overview.picture"),
          parts: [t("overview.exact"), t("overview.longer")],
        },
        overview.months.map(({ month, from, to, exact, longer }) => {
          const due = { due: `${from}..${to}`, schedule: ["due_soon", "upcoming"] satisfies Schedule[] };
          return {
            label: f.shortDate(month),
            parts: [
              { fill: "plain", count: exact, href: registerWith(view, { ...due, precision: ["day", "month"] }) },
              { fill: "longer", count: longer, href: registerWith(view, { ...due, precision: ["longer"] }) },
            ],
          };
        }),
        show,
      ),
      undated > 0 && html`<p><a href='${registerWith(view, { schedule: ["undated"] })}'>${undatedSays}</a></p>`,
    ),
    section("trend", t("overview.trendNote"), trendChart(view, overview, today)),
  ]}</div>${[
    section(
      "sector",
      groupTable(view, "sector", overview.sectors, (value) => value),
    ),
    section(
      "agency",
      t("overview.agencyNote"),
      groupTable(view, "lead", overview.agencies.slice(0, agenciesShown), (value) => value),
      overview.agencies.length > agenciesShown &&
        t("overview.agencyRest", { count: overview.agencies.length - agenciesShown }),
    ),
    section(
      "form",
      groupTable(view, "form", overview.forms, (value) => t(`commitments.form.${value}`)),
    ),
  ]}`.text;
}

type SectionName = "schedule" | "status" | "evidence" | "sector" | "agency" | "form" | "due" | "trend";

/** The register with exactly the records that these filters let through. */
function registerWith({ portfolio }: Pick<View, "portfolio">, filters: Partial<Filters>): string {
  const { listing } = parseListing({});
  return registerPath(portfolio, listingQuery({ ...listing, filters: { ...listing.filters, ...filters } }));
}

function groupTable<V extends string>(
  view: View,
  filter: "sector" | "lead" | "form",
  groups: readonly Group<V>[],
  word: (value: V) => string,
): Html {
  const { t, locale } = view;
  const f = format(locale);
  const name = filter === "lead" ? "agency" : filter;
  return barTable(
    {
      caption: t(`overview.section.${name}`),
      label: t(filter === "lead" ? "parties.role.lead" : `commitments.field.${filter}`),
      picture: t("overview.picture"),
      all: t("overview.all"),
      parts: schedules.map((is) => t(`commitments.schedule.${is}`)),
    },
    groups.map(({ value, name: names, counts }) => {
      const named = names && pick(names, locale);
      return {
        label: named ? named.text : word(value),
        lang: named?.lang,
        href: registerWith(view, { [filter]: [value] }),
        parts: schedules.map((is) => ({
          fill: is,
          count: counts[is] ?? 0,
          href: registerWith(view, { [filter]: [value], schedule: [is] }),
        })),
      };
    }),
    (count) => f.number(count),
  );
}

function trendChart(view: View, { trend, schedule }: Overview, today: Day): Html {
  const { t, locale } = view;
  const f = format(locale);
  const points = [
    ...trend.map(({ day, count }) => ({ day, count, href: registerWith(view, { overdueOn: day }) })),
    { day: today, count: schedule.overdue ?? 0, href: registerWith(view, { schedule: ["overdue"] }) },
  ];
  const [first, last] = [points[0], points.at(-1)];
  const alt = t("overview.trendAlt", {
    first: first?.count ?? 0,
    from: f.date(first?.day ?? today),
    last: last?.count ?? 0,
    to: f.date(today),
  });
  return columnChart(
    alt,
    points.map(({ day, count, href }) => ({
      label: f.shortDate(day === today ? day : day.slice(0, 7)),
      says: t("overview.trendSays", { day: f.date(day), count }),
      count,
      href,
    })),
    (count) => f.number(count, { notation: "compact" }),
  );
}
