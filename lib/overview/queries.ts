import type { Actor } from "#lib/actor.ts";
import type { Schedule } from "#lib/commitments/filters.ts";
import { overdueTrend } from "#lib/commitments/overdue-on.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { precisionOfDue, scheduleIs } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { monthEnds, monthsAhead } from "#lib/months.ts";
import type { Texts } from "#lib/text.ts";
import type { Completion, Evidence, Form } from "#prisma/generated/enums.ts";
import type { BySchedule, Group, LastChange, Month, Overview } from "./counts.ts";

/** What the overview counts: exact counts of a whole register, each by the condition of the filter that shows its records. */

const changesShown = 12;

/** Of each register the last overview, with what it was worked out from: the day, and the newest entry of the history. */
const kept = new Map<string, { from: string; at: number; overview: Promise<Overview> }>();
/** Milliseconds. Entries get their numbers before their transaction commits, so one of a lower number may still come. */
const keptFor = 10_000;

/**
 * Everything of the overview but the indicators. It looks at every record and its history, so a register in which nothing
 * has happened is counted once.
 */
export async function readOverview(actor: Actor, portfolioId: string, today: Day): Promise<Overview> {
  const [newest] = await reading(actor)<{ id: string | null }[]>`
    SELECT max(id)::text AS id FROM audit_event WHERE portfolio_id = ${portfolioId}`;
  const from = `${today} ${newest?.id}`;
  const last = kept.get(portfolioId);
  if (last && last.from === from && performance.now() - last.at < keptFor) return last.overview;
  const overview = countEverything(actor, portfolioId, today);
  kept.set(portfolioId, { from, at: performance.now(), overview });
  overview.catch(() => kept.delete(portfolioId));
  return overview;
}

async function countEverything(actor: Actor, portfolioId: string, today: Day): Promise<Overview> {
  const [counts, agencies, months, trend, changes] = await Promise.all([
    countAll(actor, portfolioId, today),
    countAgencies(actor, portfolioId, today),
    countMonths(actor, portfolioId, today),
    overdueTrend(actor, portfolioId, monthEnds(today)),
    listChanges(actor, portfolioId),
  ]);
  const of = (name: Count["of"]) => counts.filter((count) => count.of === name);
  const forms = grouped<Form>(of("form"));
  return {
    schedule: summed(forms),
    status: of("status").map(({ value, count }) => ({ value: value as Completion, count })),
    evidence: of("evidence").map(({ value, count }) => ({ value: value as Evidence, count })),
    sectors: grouped(of("sector")),
    forms,
    agencies: grouped(agencies),
    months,
    trend,
    changes,
  };
}

type Count = {
  of: "form" | "sector" | "status" | "evidence" | "agency";
  value: string;
  name: Texts | null;
  schedule: Schedule;
  count: number;
};

/** Each part reads an index and not the table; the schedule is worked out for each pair of rank and last day. */
async function countAll(actor: Actor, portfolioId: string, today: Day): Promise<Count[]> {
  const scope = visibleTo(actor, portfolioId);
  const by = (column: Fragment) => sql`
    SELECT v, ${scheduleCase(today)} AS schedule, sum(n)::int AS n
    FROM (SELECT ${column} AS v, c.rank, c.due, count(*) AS n FROM commitment c WHERE ${scope} GROUP BY 1, 2, 3) c GROUP BY 1, 2`;
  const plain = (column: Fragment) =>
    sql`SELECT ${column} AS v, count(*)::int AS n FROM commitment c WHERE ${scope} GROUP BY 1`;
  return reading(actor)<Count[]>`
    SELECT 'form' AS of, v::text AS value, NULL::jsonb AS name, schedule, n AS count, NULL::int AS position FROM (${by(sql`c.form`)}) f
    UNION ALL SELECT 'sector', s.id, s.name, schedule, n, s.position FROM (${by(sql`c.sector_id`)}) f JOIN sector s ON s.id = v
    UNION ALL SELECT 'status', v::text, NULL, NULL, n, NULL FROM (${plain(sql`c.completion`)}) f
    UNION ALL SELECT 'evidence', v::text, NULL, NULL, n, NULL FROM (${plain(sql`c.evidence`)}) f
    ORDER BY 1, position, 2`;
}

function countAgencies(actor: Actor, portfolioId: string, today: Day): Promise<Count[]> {
  return reading(actor)<Count[]>`
    SELECT 'agency' AS of, p.id AS value, p.name, f.schedule, f.n AS count FROM (
      SELECT v, ${scheduleCase(today)} AS schedule, sum(n)::int AS n FROM (
        SELECT cp.party_id AS v, c.rank, c.due, count(*) AS n FROM commitment_party cp JOIN commitment c ON c.id = cp.commitment_id
        WHERE cp.role = 'lead' AND ${visibleTo(actor, portfolioId)} GROUP BY 1, 2, 3) c GROUP BY 1, 2) f
    JOIN party p ON p.id = f.v
    ORDER BY sum(f.n) FILTER (WHERE f.schedule NOT IN ('done', 'ended')) OVER (PARTITION BY f.v) DESC NULLS LAST,
      sum(f.n) OVER (PARTITION BY f.v) DESC, p.id`;
}

const scheduleCase = (today: Day) =>
  sql`CASE ${(["overdue", "due_soon", "upcoming", "undated", "done", "ended"] as const)
    .map((is) => sql`WHEN ${scheduleIs(is, today)} THEN ${is}`)
    .reduce((all, next) => sql`${all} ${next}`)} END`;

async function countMonths(actor: Actor, portfolioId: string, today: Day): Promise<Month[]> {
  const ahead = monthsAhead(today);
  const last = ahead.at(-1)?.to ?? today;
  const rows = await reading(actor)<{ month: string; exact: number; longer: number }[]>`
    SELECT to_char(c.due, 'YYYY-MM') AS month, count(*) FILTER (WHERE precision <> 'longer')::int AS exact,
      count(*) FILTER (WHERE precision = 'longer')::int AS longer
    FROM (SELECT c.due, ${precisionOfDue()} AS precision FROM commitment c
      WHERE ${visibleTo(actor, portfolioId)} AND c.rank = 0 AND c.due >= ${today} AND c.due <= ${last}) c GROUP BY 1`;
  const found = new Map(rows.map((row) => [row.month, row]));
  return ahead.map((month) => ({ exact: 0, longer: 0, ...month, ...found.get(month.month) }));
}

/** The newest entries of the history of records. Deleted ones are told by what the history holds of them. */
function listChanges(actor: Actor, portfolioId: string): Promise<LastChange[]> {
  return reading(actor)<LastChange[]>`
    SELECT a.id::int, a.at, a.actor_id AS "actorId", a.actor_name AS "actorName", a.verb,
      coalesce(c.reference, a.changes->'deleted'->0->>'reference', '') AS reference, c.title
    FROM (SELECT * FROM audit_event WHERE portfolio_id = ${portfolioId} ORDER BY id DESC LIMIT 400) a
    LEFT JOIN commitment c ON c.id::text = a.subject_id AND ${visibleTo(actor, portfolioId)}
    WHERE a.subject_type = 'commitment' ORDER BY a.id DESC LIMIT ${changesShown}`;
}

function grouped<V extends string = string>(counts: readonly Count[]): Group<V>[] {
  return [...Map.groupBy(counts, ({ value }) => value)].map(([value, some]) => ({
    value: value as V,
    name: some[0]?.name ?? null,
    counts: Object.fromEntries(some.map(({ schedule, count }) => [schedule, count])),
  }));
}

function summed(groups: readonly Group[]): BySchedule {
  const all: BySchedule = {};
  for (const { counts } of groups)
    for (const [is, count] of Object.entries(counts) as [Schedule, number][]) all[is] = (all[is] ?? 0) + count;
  return all;
}
