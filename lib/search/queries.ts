import type { Actor } from "#lib/actor.ts";
import { noFilters } from "#lib/commitments/filters.ts";
import { may, visibleTo } from "#lib/commitments/policy.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { scheduleOf } from "#lib/commitments/rules.ts";
import { words } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { answerableIn } from "#lib/people/policy.ts";
import { visibleTo as viewsVisibleTo } from "#lib/views/policy.ts";
import type { Completion, Lifecycle, Locale } from "#prisma/generated/enums.ts";
import type { Found, RecordHit, ThingKind } from "./schema.ts";

/** Finding anything by a few words, for the palette. */

type Options = { locale: Locale; today: Day };

const most = { records: 8, others: 4 };
/** So many of the register's are looked at for those whose title says it: they come first. */
const looked = 30;

/**
 * What has every word, in any language: records (by a number or reference that is meant exactly, then by title, then by
 * anything in them), the saved views that the actor may see, people for those who assign records to anybody, meetings,
 * indicators and sources. Two statements, sent at once: the records as the register finds them, and all else.
 */
export async function findAnything(actor: Actor, portfolioId: string, q: string, options: Options): Promise<Found> {
  const wanted = words(q);
  if (wanted.length === 0) return { records: [], total: 0, more: false, views: [], people: [], things: [] };
  const listing = {
    filters: { ...noFilters, q },
    sort: "schedule",
    descending: false,
    after: null,
    before: null,
    columns: [],
  } as const;
  const [page, [rest]] = await Promise.all([
    listCommitments(actor, portfolioId, listing, { ...options, limit: looked }),
    reading(actor)<Rest[]>`SELECT ${all(numbered(actor, portfolioId, q, options.locale))} AS exact,
      ${all(views(actor, portfolioId, wanted))} AS views,
      ${may(actor, "assign", { portfolioId }) ? all(people(portfolioId, wanted, options.locale)) : sql`'[]'::json`} AS people,
      ${all(things(portfolioId, wanted, options.locale))} AS things`,
  ]);
  if (!rest) throw new Error("an aggregate always has a row");
  const { exact, ...others } = rest;
  const inTitle = (title: string) => wanted.every((word) => plain(title).includes(plain(word)));
  const found = page.rows.map((row) => toHit({ ...row, name: row.title }, options.today));
  const records = [
    ...exact.map((row) => toHit(row, options.today)),
    ...found.filter(({ name }) => inTitle(name)),
    ...found.filter(({ name }) => !inTitle(name)),
  ];
  const { total, more } = page;
  return { records: once(records).slice(0, most.records), total, more, ...others };
}

type Rest = Pick<Found, "views" | "people" | "things"> & { exact: RecordRow[] };

const all = (rows: Fragment) => sql`(SELECT coalesce(json_agg(r), '[]') FROM (${rows}) r)`;

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("đ", "d");

function once(hits: readonly RecordHit[]): RecordHit[] {
  return [...new Map(hits.map((hit) => [hit.reference, hit])).values()];
}

/** "7", "VL-7", "vl 007": the record of that number. */
function numbered(actor: Actor, portfolioId: string, q: string, locale: Locale): Fragment {
  const [, prefix = "", number] = /^\s*(?:([a-z]{1,6})[-\s]?)?(\d{1,9})\s*$/i.exec(q) ?? [];
  return sql`SELECT ${recordColumns(locale)} FROM commitment c
    WHERE ${visibleTo(actor, portfolioId)} AND c.number = ${number ? Number(number) : null} AND c.reference LIKE ${`${prefix.toUpperCase()}%`}`;
}

/** The records with these references, as far as the actor may see them, in the order asked for. */
export async function findReferences(
  actor: Actor,
  portfolioId: string,
  references: readonly string[],
  { locale, today }: Options,
): Promise<RecordHit[]> {
  if (references.length === 0) return [];
  const rows = await reading(actor)<RecordRow[]>`
    SELECT ${recordColumns(locale)} FROM commitment c WHERE ${visibleTo(actor, portfolioId)} AND c.reference IN ${sql([...references])}`;
  const hits = rows.map((row) => toHit(row, today));
  return hits.sort((a, b) => references.indexOf(a.reference) - references.indexOf(b.reference));
}

type RecordRow = {
  reference: string;
  name: string;
  lang: Locale | null;
  completion: Completion;
  lifecycle: Lifecycle | null;
  latest: Day | null;
};

const recordColumns = (locale: Locale) =>
  sql`c.reference, ${nameColumns("c", "title", locale)}, c.completion, c.lifecycle, c.deadline_latest AS latest`;

function toHit(row: RecordRow, today: Day): RecordHit {
  return { reference: row.reference, name: row.name, lang: row.lang, schedule: scheduleOf(row, today) };
}

function views(actor: Actor, portfolioId: string, wanted: readonly string[]): Fragment {
  return sql`SELECT v.id, v.name, v.query FROM saved_view v
    WHERE ${viewsVisibleTo(actor, portfolioId)} AND ${called(sql`v.name`, wanted)}
    ORDER BY v.owner_id <> ${actor.id}, fold(v.name), v.id LIMIT ${most.others}`;
}

function people(portfolioId: string, wanted: readonly string[], locale: Locale): Fragment {
  return sql`SELECT p.id, p.name, coalesce(nullif(a.name->>${locale}, ''), a.name->>'en') AS agency FROM person p LEFT JOIN party a ON a.id = p.agency_id
    WHERE ${answerableIn(portfolioId)} AND ${called(sql`p.name`, wanted)} ORDER BY fold(p.name), p.id LIMIT ${most.others}`;
}

function things(portfolioId: string, wanted: readonly string[], locale: Locale): Fragment {
  const among = (kind: ThingKind, table: Fragment, column: "name" | "label", order: Fragment) => sql`(
    SELECT ${kind}::text AS kind, x.key, ${nameColumns("x", column, locale)} FROM ${table} x
    WHERE x.portfolio_id = ${portfolioId} AND ${called(sql`concat_ws(' ', x.${sql(column)}->>'en', x.${sql(column)}->>'vi', x.${sql(column)}->>'lo')`, wanted)}
    ORDER BY ${order}, x.key LIMIT ${most.others})`;
  return sql`
    ${among("meetings", sql`meeting`, "name", sql`x.latest DESC NULLS LAST`)} UNION ALL
    ${among("indicators", sql`indicator`, "name", sql`x.key`)} UNION ALL
    ${among("sources", sql`source`, "label", sql`x.date_latest DESC NULLS LAST`)}`;
}

/** Every word stands in the name, accents and case aside. */
function called(name: Fragment, wanted: readonly string[]): Fragment {
  return wanted
    .map((word) => sql`search_key(${name}) LIKE '%' || search_key(${word.replace(/[\\%_]/g, "\\$&")}) || '%'`)
    .reduce((all, next) => sql`${all} AND ${next}`);
}

function nameColumns(table: "c" | "x", column: "title" | "name" | "label", locale: Locale): Fragment {
  const texts = sql`${sql(table)}.${sql(column)}`;
  return sql`coalesce(nullif(${texts}->>${locale}, ''), nullif(${texts}->>'en', ''), nullif(${texts}->>'vi', ''), ${texts}->>'lo') AS name,
    CASE WHEN ${texts}->>${locale} <> '' THEN NULL WHEN ${texts}->>'en' <> '' THEN 'en' WHEN ${texts}->>'vi' <> '' THEN 'vi' ELSE 'lo' END AS lang`;
}
