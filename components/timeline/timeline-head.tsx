import Link from "next/link";
import { FilterChips } from "#components/register/filter-chips.tsx";
import { Marks } from "#components/timeline/marks.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LinkChoice } from "#components/ui/link-choice.tsx";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { countFilters, type Filters, type Listing, listingQuery } from "#lib/commitments/filters.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { TimelineRow } from "#lib/timeline/row.ts";
import { groupings, type Look, zooms } from "#lib/timeline/schema.ts";

type Props = {
  t: Translator;
  portfolio: string;
  listing: Listing;
  look: Look;
  names: ReadonlyMap<string, string>;
};

/** The address of the timeline with these filters and this look. */
function timelineAddress(portfolio: string, listing: Listing, look: Look, filters: Partial<Filters> = {}): string {
  const query = new URLSearchParams(listingQuery({ ...listing, filters: { ...listing.filters, ...filters } }));
  if (look.group !== "sector") query.set("group", look.group);
  if (look.zoom !== "year") query.set("zoom", look.zoom);
  const text = query.toString().replaceAll("%2C", ",");
  return `/${portfolio}/timeline${text && `?${text}`}`;
}

/** How the timeline is grouped and scaled, and which records are in it: links, each an address. */
export function TimelineHead({ t, portfolio, listing, look, names }: Props) {
  const words = filterWords(t, listing.filters, names);
  const address = (changed: Partial<Look>) => timelineAddress(portfolio, listing, { ...look, ...changed });
  const filters = new URL(address({}), "http://x");
  filters.searchParams.set("filters", "open");
  const count = countFilters(listing.filters);
  return (
    <div className="my-3 grid gap-2 print:hidden">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <LinkChoice
          label={t("timeline.group")}
          choices={groupings.map((group) => ({
            label: t(`timeline.by.${group}`),
            href: address({ group }),
            current: group === look.group,
          }))}
        />
        <LinkChoice
          label={t("timeline.zoom")}
          choices={zooms.map((zoom) => ({
            label: t(`timeline.zoomBy.${zoom}`),
            href: address({ zoom }),
            current: zoom === look.zoom,
          }))}
        />
        <Link href={`${filters.pathname}${filters.search}`} prefetch={false} className={buttonClass({})}>
          <Icon name="filter" />
          {count > 0 ? t("register.filtersActive", { count }) : t("register.filters")}
        </Link>
      </div>
      <FilterChips t={t} words={words} address={(without) => timelineAddress(portfolio, listing, look, without)} />
    </div>
  );
}

const example: TimelineRow = {
  reference: "",
  title: "",
  schedule: "upcoming",
  when: "",
  start: null,
  sure: null,
  last: null,
  milestones: [],
};

/** What the marks mean. */
export function Legend({ t }: { t: Translator }) {
  const range = { from: 0, to: 260 };
  const marks: [name: "sure" | "vague" | "open" | "milestone", row: Partial<TimelineRow>][] = [
    ["sure", { start: 30, sure: 220, last: 220 }],
    ["vague", { sure: 60, last: 220 }],
    ["open", { start: 30, sure: 30 }],
    ["milestone", { milestones: [{ at: 130, text: "", vague: false, done: false }] }],
  ];
  return (
    <ul aria-label={t("timeline.legend.label")} className="mt-2 flex flex-wrap items-center gap-x-5 text-sm text-muted">
      {marks.map(([name, row]) => (
        <li key={name} className="flex items-center gap-1.5">
          <Marks row={{ ...example, ...row }} range={range} zoom="year" width={46} />
          {t(`timeline.legend.${name}`)}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
          <path d="M0-6 6 0 0 6-6 0Z" className="fill-info" />
        </svg>
        {t("timeline.legend.meeting")}
      </li>
      <li className="flex items-center gap-1.5">
        <svg width="12" height="12" viewBox="-6 -7 12 14" aria-hidden="true">
          <path d="M-6-7h12L0 7Z" className="fill-critical" />
        </svg>
        {t("timeline.legend.today")}
      </li>
    </ul>
  );
}
