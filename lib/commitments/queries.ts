import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, sql } from "#lib/db.ts";
import type { Completion, Evidence, Form, Kind, Lifecycle, Locale, PartyRole, Strength } from "#prisma/generated/enums.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { type Listing, schedules } from "./filters.ts";
import { containing, matching, matchingButSearch, orderOf, scheduleIs, words } from "./where.ts";

/** Lists of commitments. A single record is in record.ts. */

/** A row of the register. Texts are in the reader's language where there is one; `lang` says which it is where not. */
export type Row = {
  id: string;
  reference: string;
  version: number;
  form: Form;
  kind: Kind;
  strength: Strength;
  sectorId: string;
  sector: string;
  title: string;
  lang: Locale | null;
  ownerId: string | null;
  owner: string | null;
  ownerAgencyId: string | null;
  completion: Completion;
  evidence: Evidence;
  lifecycle: Lifecycle | null;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  anchorId: string | null;
  parties: { id: string; name: string; role: PartyRole }[];
  updatedAt: string;
};

export type Page = {
  rows: Row[];
  /** How many match; `totalCap + 1` stands for "more than totalCap". */
  total: number;
  /** Where the next page begins, or null on the last one. */
  next: string | null;
};

/** Counting stops here: an exact count of a hundred thousand records would take longer than everything else. */
export const totalCap = 1000;

export type ListOptions = { locale: Locale; today: Day; limit?: number };

/** One page of the register, in one round trip. `after` is a cursor that an earlier page gave; a foreign one is ignored. */
export async function listCommitments(
  actor: Actor,
  portfolioId: string,
  { filters, sort, descending, after }: Listing,
  { locale, today, limit = 50 }: ListOptions,
): Promise<Page> {
  const order = orderOf(sort, locale);
  const expressions = list(order.map(({ expression }) => expression));
  const orderBy = list(order.map(({ expression }) => (descending ? sql`${expression} DESC` : sql`${expression}`)));
  const from = after === null ? null : decodeCursor(after, sort, order.map(({ fits }) => fits));
  const place = from
    ? sql`AND (${expressions}) ${descending ? sql`<` : sql`>`} (${list(order.map(({ cast }, at) => sql`${from[at] ?? null}::text::${cast}`))})`
    : sql``;
  const keys = sql`array[${list(order.map(({ expression }) => sql`(${expression})::text`))}]`;
  const where = matching(actor, portfolioId, filters, today);

  // A rare word is best looked up in the trigram index and sorted; a common one is found soonest by walking the sort's own
  // index. Which it is, the capped count tells, so both branches are in the statement and one of them is never run. `|| ''`
  // keeps the second from the trigram index.
  const searched = words(filters.q);
  const unsearched = matchingButSearch(actor, portfolioId, filters, today);
  const page =
    searched.length === 0
      ? sql`SELECT c.id, ${keys} AS keys FROM commitment c WHERE ${where} ${place} ORDER BY ${orderBy} LIMIT ${limit + 1}`
      : sql`(SELECT c.id, ${keys} AS keys FROM commitment c WHERE (SELECT count(*) FROM hits) <= ${totalCap} AND c.id IN (SELECT id FROM hits) ${place} ORDER BY ${orderBy} LIMIT ${limit + 1})
        UNION ALL
        (SELECT c.id, ${keys} AS keys FROM commitment c WHERE (SELECT count(*) FROM hits) > ${totalCap} AND ${unsearched}
          ${searched.map((word) => sql`AND c.search || '' LIKE ${containing(word)}`).reduce((all, next) => sql`${all} ${next}`)} ${place} ORDER BY ${orderBy} LIMIT ${limit + 1})`;

  const [answer] = await sql<{ rows: (Row & { keys: string[] })[]; total: number }[]>`
    WITH hits AS MATERIALIZED (SELECT c.id FROM commitment c WHERE ${where} LIMIT ${totalCap + 1}),
      page AS MATERIALIZED (${page})
    SELECT (SELECT count(*)::int FROM hits) AS total, coalesce((SELECT json_agg(r ORDER BY ord) FROM (
      SELECT row_number() OVER () AS ord, page.keys, ${rowColumns(locale)}
      FROM page JOIN commitment c ON c.id = page.id ${rowJoins(locale)} ORDER BY ${orderBy}) r), '[]') AS rows`;
  if (!answer) throw new Error("an aggregate always has a row");
  const rows = answer.rows.slice(0, limit);
  const last = answer.rows.length > limit ? rows.at(-1) : undefined;
  return { rows: rows.map(({ keys: _keys, ...row }) => row), total: answer.total, next: last ? encodeCursor(sort, last.keys) : null };
}

/** Every matching record, in the list's order, a batch at a time, in one snapshot: for exports. */
export async function* streamCommitments(actor: Actor, portfolioId: string, { filters, sort, descending }: Listing, { locale, today }: ListOptions): AsyncGenerator<Row[]> {
  const orderBy = list(orderOf(sort, locale).map(({ expression }) => (descending ? sql`${expression} DESC` : sql`${expression}`)));
  yield* sql<Row[]>`
    SELECT ${rowColumns(locale)} FROM commitment c ${rowJoins(locale)}
    WHERE ${matching(actor, portfolioId, filters, today)} ORDER BY ${orderBy}`.cursor(1000);
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
    LEFT JOIN LATERAL (SELECT json_agg(json_build_object('id', p.id, 'name', coalesce(nullif(p.name->>${locale}, ''), p.name->>'en'), 'role', cp.role) ORDER BY cp.role, p.id) AS list
      FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = c.id) parties ON true`;
}

const list = (parts: Fragment[]): Fragment => parts.reduce((all, next) => sql`${all}, ${next}`);

/** Counting beside the filters stops after so many matching records, and the screen says so. */
export const facetCap = 5000;

export type Facets = {
  /** filter → value → how many of the matching records. */
  counts: Record<string, Record<string, number>>;
  /** More than `facetCap` match: the counts are those of the first ones only. */
  capped: boolean;
};

/** Counts beside the filters, over what the present filters let through. Asked for when the filters are opened. */
export async function countFacets(actor: Actor, portfolioId: string, { filters }: Listing, today: Day): Promise<Facets> {
  const schedule = schedules.map((is) => sql`WHEN ${scheduleIs(is, today)} THEN ${is}`).reduce((all, next) => sql`${all} ${next}`);
  const rows = await sql<{ filter: string; value: string | null; count: number }[]>`
    WITH hit AS MATERIALIZED (
      SELECT c.id, c.form, c.sector_id, c.completion, c.evidence, c.strength, c.owner_id, CASE ${schedule} END AS schedule
      FROM commitment c WHERE ${matching(actor, portfolioId, filters, today)} LIMIT ${facetCap + 1})
    SELECT 'all' AS filter, NULL AS value, count(*)::int AS count FROM hit
    UNION ALL SELECT 'form', form::text, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'sector', sector_id, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'status', completion::text, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'evidence', evidence::text, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'strength', strength::text, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'schedule', schedule, count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'owner', coalesce(owner_id::text, 'nobody'), count(*)::int FROM hit GROUP BY 2
    UNION ALL SELECT 'party', party_id, count(DISTINCT hit.id)::int FROM hit JOIN commitment_party f ON f.commitment_id = hit.id GROUP BY 2
    UNION ALL SELECT 'source', s.key, count(DISTINCT hit.id)::int FROM hit JOIN citation f ON f.commitment_id = hit.id JOIN source s ON s.id = f.source_id GROUP BY 2
    UNION ALL SELECT 'meeting', m.key, count(DISTINCT hit.id)::int FROM hit JOIN commitment_meeting f ON f.commitment_id = hit.id JOIN meeting m ON m.id = f.meeting_id GROUP BY 2`;
  const counts: Facets["counts"] = {};
  let all = 0;
  for (const { filter, value, count } of rows) {
    if (filter === "all") all = count;
    else if (value !== null) {
      counts[filter] ??= {};
      counts[filter][value] = count;
    }
  }
  return { counts, capped: all > facetCap };
}
