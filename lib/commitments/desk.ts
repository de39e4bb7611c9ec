import type { Actor } from "#lib/actor.ts";
import { addDays, type Day } from "#lib/dates.ts";
import { type Fragment, sql } from "#lib/db.ts";
import type { Completion, Locale } from "#prisma/generated/enums.ts";
import { visibleTo } from "./policy.ts";
import { dueSoonDays, staleDays } from "./rules.ts";
import { scheduleIs } from "./where.ts";

/** What somebody owes: the few records of each kind that are most pressing, and how many there are. */

export type DeskRow = {
  id: string;
  reference: string;
  title: string;
  lang: Locale | null;
  owner: string | null;
  completion: Completion;
  phrase: string | null;
  latest: Day | null;
  reportedOn: Day | null;
};

/** `more`: at least so many. */
export type DeskList = { rows: DeskRow[]; total: number; more: boolean };

export const deskLists = ["overdue", "due_soon", "stale", "unowned", "undated", "owned"] as const;
export type DeskListName = (typeof deskLists)[number];
export type Desk = Record<DeskListName, DeskList>;

const shown = 10;
const cap = 999;

type Options = { locale: Locale; today: Day /** Everybody's records, for those who answer for all. */; all: boolean };

/**
 * The desk of a person, or of all, in one round trip. Firm promises only, but in `owned`: nobody is reminded of an
 * aspiration. `unowned` and `undated` are for those who look after everything; else `undated` is of one's own and `unowned`
 * empty.
 */
export async function deskOf(actor: Actor, portfolioId: string, { locale, today, all }: Options): Promise<Desk> {
  const scope = visibleTo(actor, portfolioId);
  const own = all ? sql`true` : sql`c.owner_id = ${actor.id}`;
  const firm = sql`c.strength IN ('obligation', 'pledge')`;
  const silent = sql`coalesce(c.reported_on, c.created_at::date) < ${addDays(today, -staleDays)}`;
  const byDay = sql`c.rank, c.due, c.number`;
  const lists: Record<DeskListName, { where: Fragment; order: Fragment }> = {
    overdue: { where: sql`${own} AND ${firm} AND ${scheduleIs("overdue", today)}`, order: byDay },
    due_soon: {
      where: sql`${own} AND ${firm} AND c.rank = 0 AND c.due >= ${today} AND c.due <= ${addDays(today, dueSoonDays)}`,
      order: byDay,
    },
    // What is overdue or due soon stands above already.
    stale: {
      where: sql`${own} AND ${firm} AND c.rank = 0 AND c.due > ${addDays(today, dueSoonDays)} AND ${silent}`,
      order: byDay,
    },
    unowned: { where: all ? sql`c.owner_id IS NULL AND ${firm} AND c.rank = 0` : sql`false`, order: byDay },
    undated: { where: sql`${own} AND ${firm} AND ${scheduleIs("undated", today)}`, order: byDay },
    owned: { where: sql`c.owner_id = ${actor.id}`, order: byDay },
  };
  const [desk] = await sql<Desk[]>`SELECT ${deskLists
    .map((name) => sql`${list(scope, lists[name].where, lists[name].order, locale)} AS ${sql(name)}`)
    .reduce((before, next) => sql`${before}, ${next}`)}`;
  if (!desk) throw new Error("an aggregate always has a row");
  return desk;
}

function list(scope: Fragment, where: Fragment, order: Fragment, locale: Locale): Fragment {
  return sql`(SELECT json_build_object('total', least(n, ${cap}), 'more', n > ${cap}, 'rows', coalesce((SELECT json_agg(r) FROM (
      SELECT c.id, c.reference, coalesce(nullif(c.title->>${locale}, ''), nullif(c.title->>'en', ''), nullif(c.title->>'vi', ''), c.title->>'lo') AS title,
        CASE WHEN c.title->>${locale} <> '' THEN NULL WHEN c.title->>'en' <> '' THEN 'en' WHEN c.title->>'vi' <> '' THEN 'vi' ELSE 'lo' END AS lang,
        o.name AS owner, c.completion, c.deadline_phrase AS phrase, c.deadline_latest AS latest, c.reported_on AS "reportedOn"
      FROM commitment c LEFT JOIN person o ON o.id = c.owner_id WHERE ${scope} AND ${where} ORDER BY ${order} LIMIT ${shown}) r), '[]'))
    FROM (SELECT count(*)::int AS n FROM (SELECT FROM commitment c WHERE ${scope} AND ${where} LIMIT ${cap + 1}) c) n)`;
}
