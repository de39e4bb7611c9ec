import type { Actor } from "#lib/actor.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import { spellings } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import type { ReportRecord } from "./records.ts";
import { inScope, type Terms } from "./scope.ts";

/** Reading what the filters of a report mean: names of owners, texts as the search folds them. */

type Options = {
  filters: Filters;
  /** Every record as it stood on a day. */
  on: (day: Day) => ReportRecord[];
};

/** What picks the records in scope out of those of a day. */
export async function openScope(
  actor: Actor,
  { filters, on }: Options,
): Promise<(records: readonly ReportRecord[], day: Day) => Promise<ReportRecord[]>> {
  const wanted = spellings(filters.q);
  const [owners, keys, names] = await Promise.all([
    namesOfOwners(actor, filters.owner),
    folded(wanted.flat().map(({ text }) => text)),
    wanted.length > 0 ? searchedNames() : new Map<string, string>(),
  ]);
  let next = 0;
  const words = wanted.map((some) => some.map(({ start }) => ({ key: keys[next++] ?? "", start })));
  const overdue = new Set(
    filters.overdueOn === null
      ? []
      : on(filters.overdueOn).flatMap(({ schedule, number }) => (schedule === "overdue" ? [number] : [])),
  );
  const terms = { owners, words, overdue };
  return async (records, day) => {
    const searched = () => "";
    const others = inScope(records, { ...filters, q: "" }, { ...terms, day, searched });
    return wanted.length === 0 ? others : await searchedIn(others, names, { ...terms, day, searched }, filters);
  };
}

async function searchedIn(
  records: readonly ReportRecord[],
  names: ReadonlyMap<string, string>,
  terms: Terms,
  filters: Filters,
): Promise<ReportRecord[]> {
  const texts = await folded(records.map((record) => textOf(record, names)));
  const keyOf = new Map(records.map(({ number }, at) => [number, texts[at] ?? ""]));
  return inScope(records, filters, { ...terms, searched: ({ number }) => keyOf.get(number) ?? "" });
}

/** What is searched of a record: the column `search` says the same of how it stands now. */
function textOf({ reference, standing }: ReportRecord, names: ReadonlyMap<string, string>): string {
  const parties = standing.parties.map((party) => names.get(`party ${party.slice(party.indexOf(":") + 1)}`));
  const places = standing.places.map((place) => names.get(`place ${place}`));
  const written = (["title", "statement"] as const).flatMap((field) =>
    (["en", "vi", "lo"] as const).map((locale) => standing[`${field}.${locale}`]),
  );
  return [reference, ...written, ...parties, ...places].filter(Boolean).join(" ");
}

/** The names of parties and places with their aliases: "party moit". */
async function searchedNames(): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; text: string }[]>`
    SELECT 'party ' || id AS id, concat_ws(' ', name->>'en', name->>'vi', name->>'lo', array_to_string(aliases, ' ')) AS text FROM party
    UNION ALL SELECT 'place ' || id, concat_ws(' ', name->>'en', name->>'vi', name->>'lo', array_to_string(aliases, ' ')) FROM place`;
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Texts as the search has them, in their order. */
async function folded(texts: readonly string[]): Promise<string[]> {
  if (texts.length === 0) return [];
  const rows = await sql<{ key: string }[]>`
    SELECT search_key(text) AS key FROM unnest(${texts as string[]}::text[]) WITH ORDINALITY AS t (text, at) ORDER BY at`;
  return rows.map(({ key }) => key);
}

/** The names that people have and had: the history tells of owners by their names. Null is nobody. */
async function namesOfOwners(actor: Actor, owners: Filters["owner"]): Promise<Set<string | null>> {
  const ids = owners.flatMap((owner) => (owner === "nobody" ? [] : owner === "me" ? (actor.id ?? []) : owner));
  const names = new Set<string | null>(owners.includes("nobody") ? [null] : []);
  if (ids.length === 0) return names;
  const rows = await reading(actor)<{ name: string }[]>`
    SELECT name FROM person WHERE id = ANY(${ids}::uuid[])
    UNION SELECT changes->'name'->>0 FROM audit_event
      WHERE subject_type = 'person' AND subject_id = ANY(${ids}::text[]) AND changes->'name'->>0 IS NOT NULL`;
  for (const { name } of rows) names.add(name);
  return names;
}
