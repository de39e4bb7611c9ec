import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { answerableIn } from "#lib/people/policy.ts";
import type { Locale } from "#prisma/generated/enums.ts";
import { type FacetName, type Facets, type FacetValue, facetCap, facetNames } from "./facet-names.ts";
import { type Filters, noFilters, schedules } from "./filters.ts";
import { matching, scheduleIs } from "./where.ts";

/** What the filters offer: their values, with names where those are data, and how many records each would leave. */

type Options = { locale: Locale; today: Day };

/**
 * The values of each filter with their counts over what the other filters let through: choosing a second value of the
 * same filter widens the list, and the count says by how much.
 */
export async function countFacets(
  actor: Actor,
  portfolioId: string,
  filters: Filters,
  { locale, today }: Options,
): Promise<Facets> {
  const active = facetNames.filter((name) => filters[name].length > 0);
  const resting = facetNames.filter((name) => !active.includes(name));
  const answers = await Promise.all([
    count(actor, portfolioId, filters, resting, today),
    ...active.map((name) => count(actor, portfolioId, { ...filters, [name]: noFilters[name] }, [name], today)),
  ]);
  const values = Object.fromEntries(facetNames.map((name) => [name, [] as FacetValue[]])) as Facets["values"];
  let capped = false;
  for (const { facet, value, name, count } of answers.flat()) {
    if (facet === "all") capped ||= count > facetCap;
    else if (value !== null) values[facet].push({ value, label: nameIn(name, locale), count });
  }
  return { values, mine: values.owner.find(({ value }) => value === actor.id)?.count ?? 0, capped };
}

/**
 * The names of the values that an address filters by, for the list's head. Those that exist no more are left out, and so is
 * whoever neither owns a record of the portfolio nor may answer for one: an address may ask for anybody.
 */
export async function nameFilters(
  actor: Actor,
  filters: Filters,
  portfolioId: string,
  locale: Locale,
): Promise<Map<string, string>> {
  const owners = filters.owner.filter((owner) => owner !== "me" && owner !== "nobody");
  const { sector, source, meeting } = filters;
  const party = [...filters.party, ...filters.lead];
  if (owners.length + sector.length + party.length + source.length + meeting.length === 0) return new Map();
  const rows = await reading(actor)<{ value: string; name: unknown }[]>`
    SELECT id AS value, name FROM sector WHERE id = ANY(${sector})
    UNION ALL SELECT id, name FROM party WHERE id = ANY(${party})
    UNION ALL SELECT p.id::text, to_jsonb(p.name) FROM person p WHERE p.id = ANY(${owners}::uuid[])
      AND (${answerableIn(portfolioId)} OR EXISTS (SELECT FROM commitment c WHERE c.owner_id = p.id AND c.portfolio_id = ${portfolioId}))
    UNION ALL SELECT key, label FROM source WHERE portfolio_id = ${portfolioId} AND key = ANY(${source})
    UNION ALL SELECT key, name FROM meeting WHERE portfolio_id = ${portfolioId} AND key = ANY(${meeting})`;
  return new Map(rows.map(({ value, name }) => [value, nameIn(name, locale) ?? value]));
}

function nameIn(name: unknown, locale: Locale): string | null {
  if (name === null) return null;
  return typeof name === "string" ? name : pickText(name as LocalizedText, locale);
}

type CountRow = { facet: FacetName | "all"; value: string | null; name: unknown; count: number };

async function count(
  actor: Actor,
  portfolioId: string,
  filters: Filters,
  facets: readonly FacetName[],
  today: Day,
): Promise<CountRow[]> {
  const schedule = schedules
    .map((is) => sql`WHEN ${scheduleIs(is, today)} THEN ${is}`)
    .reduce((all, next) => sql`${all} ${next}`);
  return await reading(actor)<CountRow[]>`
    WITH hit AS MATERIALIZED (
      SELECT c.id, c.form, c.sector_id, c.completion, c.evidence, c.strength, c.owner_id, CASE ${schedule} END AS schedule
      FROM commitment c WHERE ${matching(actor, portfolioId, filters, today)} LIMIT ${facetCap + 1})
    SELECT 'all' AS facet, NULL AS value, NULL::jsonb AS name, count(*)::int AS count FROM hit
    ${facets.map((facet) => sql`UNION ALL SELECT ${facet}, ${statements[facet]()}`).reduce((all, next) => sql`${all} ${next}`, sql``)}`;
}

const own = (column: Fragment) =>
  sql`v, NULL::jsonb, n FROM (SELECT ${column}::text AS v, count(*)::int AS n FROM hit GROUP BY 1 ORDER BY 1) f`;

const statements: Record<FacetName, () => Fragment> = {
  schedule: () => own(sql`schedule`),
  status: () => own(sql`completion`),
  form: () => own(sql`form`),
  strength: () => own(sql`strength`),
  evidence: () => own(sql`evidence`),
  owner: () => sql`coalesce(v::text, 'nobody'), to_jsonb(p.name), n
    FROM (SELECT owner_id AS v, count(*)::int AS n FROM hit GROUP BY 1) f LEFT JOIN person p ON p.id = f.v`,
  sector: () =>
    sql`s.id, s.name, n FROM (SELECT sector_id AS v, count(*)::int AS n FROM hit GROUP BY 1) f JOIN sector s ON s.id = f.v`,
  party: () => sql`p.id, p.name, n
    FROM (SELECT f.party_id AS v, count(DISTINCT hit.id)::int AS n FROM hit JOIN commitment_party f ON f.commitment_id = hit.id GROUP BY 1) f JOIN party p ON p.id = f.v`,
  source: () => sql`s.key, s.label, n
    FROM (SELECT f.source_id AS v, count(DISTINCT hit.id)::int AS n FROM hit JOIN citation f ON f.commitment_id = hit.id GROUP BY 1) f JOIN source s ON s.id = f.v`,
  meeting: () => sql`m.key, m.name, n
    FROM (SELECT f.meeting_id AS v, count(DISTINCT hit.id)::int AS n FROM hit JOIN commitment_meeting f ON f.commitment_id = hit.id GROUP BY 1) f JOIN meeting m ON m.id = f.v`,
};
