import type { Actor } from "#lib/actor.ts";
import { addDays, type Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { isEditor } from "#lib/portfolios/policy.ts";
import type { Completion, Lifecycle, Locale } from "#prisma/generated/enums.ts";
import { type Filters, noFilters, type Schedule } from "./filters.ts";
import { may } from "./policy.ts";
import { staleDays } from "./rules.ts";
import { matching } from "./where.ts";

/** What is owed: the lists of the desk. */

/** Whose: the actor's own records, or everybody's. */
export type Of = "mine" | "all";

export const deskLists = ["overdue", "dueSoon", "stale", "unowned", "undated", "owned"] as const;
export type DeskListName = (typeof deskLists)[number];

/** A record on the desk. Its title is in the reader's language where there is one; `lang` says which it is where not. */
export type DeskRow = {
  id: string;
  reference: string;
  title: string;
  lang: Locale | null;
  ownerId: string | null;
  owner: string | null;
  ownerAgencyId: string | null;
  completion: Completion;
  lifecycle: Lifecycle | null;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  reportedOn: Day | null;
};

export type DeskList = {
  name: DeskListName;
  rows: DeskRow[];
  /** How many there are; with `more`, at least so many. */
  total: number;
  more: boolean;
  /** The register narrowed to exactly this list; null where it has no such filter. */
  filters: Filters | null;
};

/** So many rows of each list are shown, and so many are counted: the same numbers stand in the statement below. */
export const deskRows = 10;
export const deskCap = 1000;

/**
 * Whose desks an actor can see. Who can own nothing has none of their own; what everybody owes is for those who look after
 * it, and for those who can only look.
 */
export function desksOf(actor: Actor, portfolioId: string): readonly [Of, ...Of[]] {
  if (actor.id === null || !isEditor(actor, portfolioId)) return ["all"];
  return may(actor, "create", { portfolioId }) ? ["mine", "all"] : ["mine"];
}

type Options = {
  of: Of;
  locale: Locale;
  today: Day /** The team's time zone, for the day that a record was entered. */;
  timeZone: string;
};

/**
 * The lists of a desk, in one round trip: the most overdue first, the soonest due, the longest silent. One's own desk ends
 * with what nobody owns, for those who may take it, and with all that is one's own, the closed after the open.
 */
export async function listDesk(
  actor: Actor,
  portfolioId: string,
  { of, locale, today, timeZone }: Options,
): Promise<DeskList[]> {
  const wanted = listsFor(desksOf(actor, portfolioId).includes(of) ? of : desksOf(actor, portfolioId)[0]);
  const parts = wanted.map(({ name, filters, stale, order }) => {
    const scope = matching(actor, portfolioId, filters, today);
    return part(name, stale ? sql`${scope} AND ${isStale(today, timeZone)}` : scope, order(), locale);
  });
  const found = await reading(actor)<{ name: DeskListName; total: number; rows: DeskRow[] }[]>`${union(parts)}`;
  const byName = new Map(found.map((list) => [list.name, list]));
  return wanted.map(({ name, filters, stale }) => {
    const { total = 0, rows = [] } = byName.get(name) ?? {};
    return { name, rows, total: Math.min(total, deskCap), more: total > deskCap, filters: stale ? null : filters };
  });
}

type Wanted = { name: DeskListName; filters: Filters; stale?: true; order: () => Fragment };

const open: Schedule[] = ["overdue", "due_soon", "upcoming", "undated"];

function listsFor(of: Of): Wanted[] {
  const owner = of === "mine" ? ["me" as const] : [];
  const byDue = () => sql`c.due, c.number`;
  const lists: Wanted[] = [
    { name: "overdue", filters: { ...noFilters, owner, schedule: ["overdue"] }, order: byDue },
    { name: "dueSoon", filters: { ...noFilters, owner, schedule: ["due_soon"] }, order: byDue },
    { name: "stale", filters: { ...noFilters, owner }, stale: true, order: () => sql`${heardAt()}, c.number` },
    { name: "unowned", filters: { ...noFilters, owner: ["nobody"], schedule: open }, order: byDue },
  ];
  if (of === "all")
    lists.push({ name: "undated", filters: { ...noFilters, schedule: ["undated"] }, order: () => sql`c.number` });
  else lists.push({ name: "owned", filters: { ...noFilters, owner }, order: () => sql`c.rank, c.due, c.number` });
  return lists;
}

/** The very expression of the index commitment_by_silence. */
const heardAt = () => sql`coalesce(c.reported_on::timestamp AT TIME ZONE 'UTC', c.created_at)`;

/** The twin of `isStale` in rules.ts. The last line says roughly the same in words that the index serves. */
function isStale(today: Day, timeZone: string): Fragment {
  const heardBefore = addDays(today, -staleDays);
  return sql`c.rank = 0 AND c.strength IN ('obligation', 'pledge')
    AND coalesce(c.reported_on, (c.created_at AT TIME ZONE ${timeZone})::date) < ${heardBefore}
    AND ${heardAt()} < (${addDays(heardBefore, 1)}::date)::timestamp AT TIME ZONE 'UTC'`;
}

function part(name: DeskListName, scope: Fragment, order: Fragment, locale: Locale): Fragment {
  return sql`SELECT ${name}::text AS name, (SELECT count(*)::int FROM (SELECT FROM commitment c WHERE ${scope} LIMIT 1001) c) AS total,
    (SELECT coalesce(json_agg(r), '[]') FROM (
      SELECT c.id, c.reference,
        coalesce(nullif(c.title->>${locale}, ''), nullif(c.title->>'en', ''), nullif(c.title->>'vi', ''), c.title->>'lo') AS title,
        CASE WHEN c.title->>${locale} <> '' THEN NULL WHEN c.title->>'en' <> '' THEN 'en' WHEN c.title->>'vi' <> '' THEN 'vi' ELSE 'lo' END AS lang,
        c.owner_id AS "ownerId", owner.name AS owner, owner.agency_id AS "ownerAgencyId", c.completion, c.lifecycle,
        c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, c.deadline_latest AS latest, c.reported_on AS "reportedOn"
      FROM (SELECT c.*, row_number() OVER (ORDER BY ${order}) AS place FROM commitment c WHERE ${scope} ORDER BY ${order} LIMIT 10) c
      LEFT JOIN person owner ON owner.id = c.owner_id ORDER BY c.place) r) AS rows`;
}

const union = (parts: Fragment[]): Fragment => parts.reduce((all, next) => sql`${all} UNION ALL ${next}`);
