import type { Actor } from "#lib/actor.ts";
import type { Changes, SubjectType } from "#lib/change.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";

/** The history of a record, as queries need it and pages show it. */

/** An entry of the history. */
export type HistoryEntry = {
  id: number;
  at: string;
  actorId: string | null;
  actorName: string;
  verb: string;
  changes: Changes;
  batchId: string | null;
};

/** How many entries of the history a page shows at first. */
export const historyPage = 30;

/** No page shows more entries than this, however many it is asked for. */
export const historyLimit = 3000;

/** The subquery that gives the newest `limit` entries of the history of a subject (an expression), newest first, as JSON. */
export function historyJson(subject: Fragment, limit: number, type: SubjectType = "commitment"): Fragment {
  return sql`SELECT coalesce(json_agg(h), '[]') FROM (
    SELECT a.id, a.at, a.actor_id AS "actorId", a.actor_name AS "actorName", a.verb, a.changes, a.batch_id AS "batchId"
    FROM audit_event a WHERE a.subject_id = ${subject} AND a.subject_type = ${type} ORDER BY a.id DESC LIMIT ${limit}) h`;
}

/** What the keys in a history stand for, by noun: `sector` key → name, `record` id → reference and title. */
export type Names = {
  sector: Record<string, Texts>;
  party: Record<string, Texts>;
  place: Record<string, Texts>;
  source: Record<string, Texts>;
  meeting: Record<string, Texts>;
  indicator: Record<string, Texts>;
  record: Record<string, { reference: string; title: Texts }>;
};

/** A history with the names behind the keys in it. */
export type Told = { history: HistoryEntry[]; names: Names };

const none: Names = { sector: {}, party: {}, place: {}, source: {}, meeting: {}, indicator: {}, record: {} };

/** The names behind the keys in these entries. Most histories have no such keys: then there is no query. */
export async function namesIn(actor: Actor, entries: readonly HistoryEntry[], portfolioId: string): Promise<Names> {
  const keys = keysIn(entries);
  if (Object.values(keys).every((wanted) => wanted.length === 0)) return none;
  const named = (rows: Fragment) => sql`(SELECT coalesce(json_object_agg(key, name), '{}') FROM (${rows}) x)`;
  const [names] = await reading(actor)<Names[]>`SELECT
    ${named(sql`SELECT id AS key, name FROM sector WHERE id = ANY(${keys.sector})`)} AS sector,
    ${named(sql`SELECT id AS key, name FROM party WHERE id = ANY(${keys.party})`)} AS party,
    ${named(sql`SELECT id AS key, name FROM place WHERE id = ANY(${keys.place})`)} AS place,
    ${named(sql`SELECT key, label AS name FROM source WHERE portfolio_id = ${portfolioId} AND key = ANY(${keys.source})`)} AS source,
    ${named(sql`SELECT key, name FROM meeting WHERE portfolio_id = ${portfolioId} AND key = ANY(${keys.meeting})`)} AS meeting,
    ${named(sql`SELECT key, name FROM indicator WHERE portfolio_id = ${portfolioId} AND key = ANY(${keys.indicator})`)} AS indicator,
    ${named(sql`SELECT id::text AS key, json_build_object('reference', reference, 'title', title) AS name FROM commitment
      WHERE portfolio_id = ${portfolioId} AND id = ANY(${keys.record}::uuid[])`)} AS record`;
  return names ?? none;
}

function keysIn(entries: readonly HistoryEntry[]): Record<keyof Names, string[]> {
  const keys = {
    sector: new Set<string>(),
    party: new Set<string>(),
    place: new Set<string>(),
    source: new Set<string>(),
    meeting: new Set<string>(),
    indicator: new Set<string>(),
    record: new Set<string>(),
  };
  for (const { changes } of entries) {
    for (const [field, sides] of Object.entries(changes)) {
      for (const value of sides) collect(keys, field, value);
    }
  }
  return Object.fromEntries(Object.entries(keys).map(([noun, found]) => [noun, [...found]])) as Record<
    keyof Names,
    string[]
  >;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function collect(keys: Record<keyof Names, Set<string>>, field: string, value: unknown): void {
  if (field === "sectorId" && typeof value === "string") keys.sector.add(value);
  if (field === "parties") for (const row of texts(value)) keys.party.add(row.slice(row.indexOf(":") + 1));
  if (field === "meetings") for (const row of texts(value)) keys.meeting.add(row.slice(row.indexOf(":") + 1));
  if (field === "indicators") for (const key of texts(value)) keys.indicator.add(key);
  if (field === "places") for (const place of texts(value)) keys.place.add(place);
  if ((field === "parentId" || field === "predecessorId") && typeof value === "string" && uuidPattern.test(value))
    keys.record.add(value);
  if (field === "partOf") for (const party of texts(value)) keys.party.add(party);
  if (citing.has(field)) {
    for (const each of [value].flat()) {
      if (typeof each !== "object" || each === null) continue;
      if ("source" in each) keys.source.add(String(each.source));
      if ("indicator" in each) keys.indicator.add(String(each.indicator));
    }
  }
}

/** Fields whose values name the source that they are from. */
const citing = new Set(["citation", "citations", "figure", "target"]);

/** The texts in a list that a history holds; anything else is none. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
