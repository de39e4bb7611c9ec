import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import type { Locale } from "#prisma/generated/enums.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Listing } from "./filters.ts";
import { visibleTo } from "./policy.ts";
import type { Row } from "./row.ts";
import { found, matchingButSearch, orderOf, read, words } from "./where.ts";

/** Lists of commitments. A single record is in record.ts. */

export type Page = {
  rows: Row[];
  /** How many match; with `more`, at least so many. */
  total: number;
  more: boolean;
  /** Where the pages around this one begin; null where there is none. */
  previous: string | null;
  next: string | null;
};

/** Counting stops here: an exact count of a hundred thousand records would take longer than everything else. */
const totalCap = 1000;

/** A search counts as broad where so many of so many records at the head of the list have it. */
const probe = { records: 250, broad: 75 };

type ListOptions = { locale: Locale; today: Day; limit?: number };

type Answer = { rows: (Row & { keys: string[]; ord: number })[]; total: number; more: boolean };

/**
 * One page of the register, in one round trip. `after` and `before` are cursors that another page gave; foreign ones are
 * ignored.
 */
export async function listCommitments(
  actor: Actor,
  portfolioId: string,
  { filters, sort, descending, after, before }: Listing,
  { locale, today, limit = 50 }: ListOptions,
): Promise<Page> {
  const order = orderOf(sort, locale);
  const place = (cursor: string | null) =>
    cursor === null
      ? null
      : decodeCursor(
          cursor,
          sort,
          order.map(({ fits }) => fits),
        );
  const [start, end] = [place(after), place(before)];
  const back = start === null && end !== null;
  const from = start ?? end;
  const scope = matchingButSearch(actor, portfolioId, filters, today);
  /** The page's part of a list, by expressions that have the order's values. */
  const cut = (values: Fragment[]): Cut => ({
    keys: sql`array[${list(values.map((value) => sql`(${value})::text`))}] AS keys`,
    beyond: from
      ? sql`(${list(values)}) ${descending !== back ? sql`<` : sql`>`} (${list(order.map(({ cast }, at) => sql`${from[at] ?? null}::text::${cast}`))})`
      : sql`true`,
    orderBy: list(values.map((value) => (descending !== back ? sql`${value} DESC` : value))),
  });
  const expressions = order.map(({ expression }) => expression);
  const own = cut(expressions);
  const some = literal(limit + 1);

  const parts =
    words(filters.q).length === 0
      ? sql`WITH counted AS MATERIALIZED (SELECT count(*)::int AS n FROM (SELECT FROM commitment c WHERE ${scope} LIMIT ${literal(totalCap + 1)}) c),
          totals AS (SELECT least(n, ${literal(totalCap)}) AS total, n > ${literal(totalCap)} AS more FROM counted),
          page AS MATERIALIZED (SELECT c.id, ${own.keys} FROM commitment c WHERE ${scope} AND ${own.beyond} ORDER BY ${own.orderBy} LIMIT ${some})`
      : searched({ q: filters.q, scope, expressions, descending, own, cut, some });

  const [answer] = await reading(actor)<Answer[]>`${parts}
    SELECT totals.total, totals.more, coalesce((SELECT json_agg(r ORDER BY ord) FROM (
      SELECT row_number() OVER (ORDER BY ${own.orderBy}) AS ord, page.keys, ${rowColumns(locale)}
      FROM page JOIN commitment c ON c.id = page.id ${rowJoins(locale)}) r), '[]') AS rows FROM totals`;
  if (!answer) throw new Error("an aggregate always has a row");
  const further = answer.rows.length > limit;
  const shown = back ? answer.rows.slice(0, limit).reverse() : answer.rows.slice(0, limit);
  const cursor = (row: Answer["rows"][number] | undefined, is: boolean) =>
    row && is ? encodeCursor(sort, row.keys) : null;
  return {
    rows: shown.map(({ keys: _keys, ord: _ord, ...row }) => row),
    total: answer.total,
    more: answer.more,
    previous: cursor(shown[0], back ? further : start !== null),
    next: cursor(shown.at(-1), back || further),
  };
}

/**
 * A search. What few records have is found soonest by the trigram index, what many have by reading until there are enough:
 * the head of the list tells which it is. What is not needed is in the statement and never run.
 */
function searched({ q, scope, expressions, descending, own, cut, some }: Search): Fragment {
  const broad = sql`(SELECT found >= ${literal(probe.broad)} FROM probe)`;
  const many = sql`(SELECT more FROM totals)`;
  const head = list(expressions.map((expression) => (descending ? sql`${expression} DESC` : expression)));
  // What was found brings its place in the order along, so that it need not be fetched again to be sorted.
  const names = [sql`k0`, sql`k1`, sql`k2`, sql`k3`].slice(0, expressions.length);
  const values = list(expressions.map((expression, at) => sql`${expression} AS ${names[at] ?? sql``}`));
  const sorted = cut(names);
  return sql`WITH probe AS MATERIALIZED (
      SELECT count(*) AS found FROM (SELECT c.search FROM commitment c WHERE ${scope} ORDER BY ${head} LIMIT ${literal(probe.records)}) c
      WHERE true ${read(q)}),
    hits AS MATERIALIZED (
      (SELECT c.id, ${values} FROM commitment c WHERE ${broad} AND ${scope} ${read(q)} LIMIT ${literal(totalCap + 1)})
      UNION ALL
      (SELECT c.id, ${values} FROM commitment c WHERE NOT ${broad} AND ${scope} ${found(q)} LIMIT ${literal(totalCap + 1)})),
    totals AS MATERIALIZED (SELECT least(count(*), ${literal(totalCap)})::int AS total, count(*) > ${literal(totalCap)} AS more FROM hits),
    page AS MATERIALIZED (
      (SELECT id, ${sorted.keys} FROM hits WHERE NOT ${many} AND ${sorted.beyond} ORDER BY ${sorted.orderBy} LIMIT ${some})
      UNION ALL
      (SELECT c.id, ${own.keys} FROM commitment c WHERE ${many} AND ${scope} ${read(q)} AND ${own.beyond} ORDER BY ${own.orderBy} LIMIT ${some}))`;
}

type Cut = Record<"keys" | "beyond" | "orderBy", Fragment>;

type Search = {
  q: string;
  scope: Fragment;
  expressions: Fragment[];
  descending: boolean;
  own: Cut;
  cut: (values: Fragment[]) => Cut;
  some: Fragment;
};

/** A number of ours as part of the statement: with it as a parameter, PostgreSQL would plan anew each time. */
function literal(count: number): Fragment {
  if (!Number.isSafeInteger(count)) throw new RangeError("not a count");
  return sql.unsafe(String(count)) as unknown as Fragment;
}

/** The rows as they stand now, in the order of their numbers: after an edit, and for the preview of one. */
export async function rowsOf(
  actor: Actor,
  portfolioId: string,
  ids: readonly string[],
  { locale }: { locale: Locale },
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const [answer] = await reading(actor)<
    { rows: Row[] }[]
  >`SELECT coalesce(json_agg(r ORDER BY number), '[]') AS rows FROM (
    SELECT c.number, ${rowColumns(locale)} FROM commitment c ${rowJoins(locale)}
    WHERE ${visibleTo(actor, portfolioId)} AND c.id IN ${sql([...ids])}) r`;
  return answer?.rows ?? [];
}

function rowColumns(locale: Locale) {
  return sql`c.id, c.reference, c.version, c.form, c.kind, c.strength, c.sector_id AS "sectorId", sector.name->>${locale} AS sector,
    coalesce(nullif(c.title->>${locale}, ''), nullif(c.title->>'en', ''), nullif(c.title->>'vi', ''), c.title->>'lo') AS title,
    CASE WHEN c.title->>${locale} <> '' THEN NULL WHEN c.title->>'en' <> '' THEN 'en' WHEN c.title->>'vi' <> '' THEN 'vi' ELSE 'lo' END AS lang,
    c.owner_id AS "ownerId", owner.name AS owner, owner.agency_id AS "ownerAgencyId", c.completion, c.evidence, c.lifecycle,
    c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, c.deadline_latest AS latest, c.deadline_anchor_id AS "anchorId",
    coalesce(parties.list, '[]') AS parties, c.updated_at AS "updatedAt"`;
}

function rowJoins(locale: Locale) {
  return sql`JOIN sector ON sector.id = c.sector_id LEFT JOIN person owner ON owner.id = c.owner_id
    LEFT JOIN LATERAL (SELECT json_agg(coalesce(nullif(p.name->>${locale}, ''), p.name->>'en') ORDER BY cp.role, p.id) AS list
      FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = c.id) parties ON true`;
}

const list = (parts: Fragment[]): Fragment => parts.reduce((all, next) => sql`${all}, ${next}`);
