import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { teamZone } from "#lib/team-day.ts";
import { visibleTo } from "./policy.ts";

/**
 * What was overdue on a day that has passed, by what is known now: the twin of `stoodOn` (lib/reports/as-of.ts) for this one
 * question, so that a trend needs no replay of the history. A report counts on the day that it speaks of, everything else
 * on the day that it was done; what was entered only later stands as it was entered.
 */

const dayOf = (moment: Fragment) => sql`(${moment} AT TIME ZONE ${teamZone()})::date`;
const isOpen = (completion: Fragment) => sql`${completion} NOT IN ('complete', 'withdrawn', 'superseded')`;
const hasEnded = (lifecycle: Fragment) => sql`${lifecycle} IN ('expired', 'terminated', 'superseded')`;
/** The very conditions of the indexes audit_event_closing and audit_event_lifecycle. */
const closing = () => sql`a.subject_type = 'commitment' AND a.changes ? 'completion' AND NOT a.changes ? 'report'`;
const living = () => sql`a.subject_type = 'commitment' AND a.changes ? 'lifecycle'`;

/** Those that had been promised or entered by then, on a condition that holds for most without a look at another table. */
const wasThere = (day: Fragment) => sql`(${dayOf(sql`c.created_at`)} <= ${day} OR ${promisedOn()} <= ${day})`;

const promisedOn = () => sql`least(
  (SELECT min(coalesce(m.latest, m.earliest)) FROM commitment_meeting cm JOIN meeting m ON m.id = cm.meeting_id
    WHERE cm.commitment_id = c.id AND cm.relation = 'made'),
  (SELECT min(s.date_latest) FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id))`;

/** How a record was entered, where its status has changed since. */
const enteredAs = (id: Fragment) => sql`(SELECT a.changes->'completion'->>0 FROM audit_event a
  WHERE a.subject_id = ${id}::text AND a.subject_type = 'commitment' AND a.changes ? 'completion' ORDER BY a.id LIMIT 1)`;

/** A deadline that a record was entered with stood before it was entered, too; one given later did not. */
const since = () => sql`CASE WHEN r.seq = 0 AND r.at <= c.created_at + interval '30 seconds' THEN '-infinity'::date
  ELSE ${dayOf(sql`r.at`)} END`;

/** Whether `commitment c` was overdue on that day. */
export function wasOverdue(on: Day): Fragment {
  const day = sql`${on}::date`;
  const due = sql`CASE WHEN EXISTS (SELECT FROM deadline_revision r WHERE r.commitment_id = c.id) THEN
    (SELECT r.latest FROM deadline_revision r WHERE r.commitment_id = c.id AND ${since()} <= ${day} ORDER BY r.seq DESC LIMIT 1)
    ELSE c.deadline_latest END`;
  const completion = sql`coalesce((SELECT s.completion FROM (
      SELECT r.as_of AS day, r.at, r.completion::text FROM progress_report r WHERE r.commitment_id = c.id
      UNION ALL SELECT ${dayOf(sql`a.at`)}, a.at, a.changes->'completion'->>1 FROM audit_event a
        WHERE a.subject_id = c.id::text AND a.portfolio_id = c.portfolio_id AND ${closing()}) s
      WHERE s.day <= ${day} ORDER BY s.day DESC, s.at DESC LIMIT 1), ${enteredAs(sql`c.id`)}, c.completion::text)`;
  const lifecycle = sql`coalesce((SELECT coalesce(a.changes->'lifecycle'->>0, '') FROM audit_event a
      WHERE a.subject_id = c.id::text AND a.portfolio_id = c.portfolio_id AND ${living()} AND ${dayOf(sql`a.at`)} > ${day}
      ORDER BY a.id LIMIT 1), c.lifecycle::text, '')`;
  return sql`((c.due < ${day} OR EXISTS (SELECT FROM deadline_revision r WHERE r.commitment_id = c.id AND r.latest < ${day}))
    AND ${due} < ${day} AND ${isOpen(completion)} AND NOT ${hasEnded(lifecycle)} AND ${wasThere(day)})`;
}

/**
 * How many were overdue on each of these days, in one statement that looks at every record once: as many as `wasOverdue`
 * lets through.
 */
export async function overdueTrend(
  actor: Actor,
  portfolioId: string,
  days: readonly Day[],
): Promise<{ day: Day; count: number }[]> {
  const last = days.at(-1) ?? "-infinity";
  const first = days[0] ?? "infinity";
  return reading(actor)<{ day: Day; count: number }[]>`
    WITH c AS MATERIALIZED (
      SELECT c.id, c.due, c.completion, c.lifecycle, c.created_at FROM commitment c WHERE ${visibleTo(actor, portfolioId)} AND c.due < ${last}
      UNION SELECT c.id, c.due, c.completion, c.lifecycle, c.created_at FROM commitment c
        WHERE ${visibleTo(actor, portfolioId)} AND c.id IN (SELECT commitment_id FROM deadline_revision WHERE seq > 0)),
    revised AS MATERIALIZED (
      SELECT c.id, ${since()} AS start, coalesce(r.latest, 'infinity') AS due, r.seq
      FROM c JOIN deadline_revision r ON r.commitment_id = c.id
      WHERE r.seq > 0 OR r.at > c.created_at + interval '30 seconds'
        OR r.commitment_id IN (SELECT n.commitment_id FROM deadline_revision n WHERE n.seq = 1)),
    due AS (
      SELECT id, start, coalesce(lead(start) OVER (PARTITION BY id ORDER BY seq), 'infinity') AS stop, due FROM revised
      UNION ALL SELECT id, '-infinity', 'infinity', due FROM c WHERE c.id NOT IN (SELECT id FROM revised)),
    late AS MATERIALIZED (SELECT * FROM due WHERE due < ${last} AND start <= ${last} AND stop > ${first}),
    step AS (
      SELECT r.commitment_id AS id, r.as_of AS day, r.at, r.completion::text FROM progress_report r
      WHERE r.commitment_id IN (SELECT id FROM late)
      UNION ALL SELECT a.subject_id::uuid, ${dayOf(sql`a.at`)}, a.at, a.changes->'completion'->>1 FROM audit_event a
        WHERE a.portfolio_id = ${portfolioId} AND ${closing()}),
    status AS MATERIALIZED (
      SELECT id, day AS start, coalesce(lead(day) OVER steps, 'infinity') AS stop, completion, row_number() OVER steps AS nth
      FROM step WINDOW steps AS (PARTITION BY id ORDER BY day, at)),
    standing AS (
      SELECT id, start, stop, ${isOpen(sql`completion`)} AS open FROM status
      UNION ALL SELECT id, '-infinity', start, NULL FROM status WHERE nth = 1
      UNION ALL SELECT id, '-infinity', 'infinity', ${isOpen(sql`completion`)} FROM c WHERE id NOT IN (SELECT id FROM status)),
    ended AS MATERIALIZED (
      SELECT a.subject_id::uuid AS id, a.id AS nth, ${dayOf(sql`a.at`)} AS day, a.changes->'lifecycle'->>0 AS was
      FROM audit_event a WHERE a.portfolio_id = ${portfolioId} AND ${living()}),
    span AS (
      SELECT c.id, c.completion, c.lifecycle, c.created_at, s.open, c.id IN (SELECT id FROM ended) AS lived,
        greatest(late.start, s.start, late.due + 1) AS start, least(late.stop, s.stop) AS stop
      FROM late JOIN standing s ON s.id = late.id JOIN c ON c.id = late.id WHERE s.open IS NOT false),
    held AS MATERIALIZED (
      SELECT c.*, greatest(c.start, CASE WHEN ${dayOf(sql`c.created_at`)} > greatest(c.start, ${first}::date)
        THEN least(${dayOf(sql`c.created_at`)}, ${promisedOn()}) END) AS since
      FROM span c WHERE c.start < c.stop AND c.start <= ${last} AND c.stop > ${first} AND (c.lived OR ${hasEnded(sql`coalesce(c.lifecycle::text, '')`)} IS false)
        AND (c.open OR ${isOpen(sql`coalesce(${enteredAs(sql`c.id`)}, c.completion::text)`)}))
    SELECT d.day, count(held.id)::int AS count FROM unnest(${[...days]}::date[]) AS d (day)
    LEFT JOIN held ON held.since <= d.day AND d.day < held.stop AND (NOT held.lived
      OR ${hasEnded(sql`coalesce((SELECT coalesce(e.was, '') FROM ended e WHERE e.id = held.id AND e.day > d.day ORDER BY e.nth LIMIT 1), held.lifecycle::text, '')`)} IS false)
    GROUP BY d.day ORDER BY d.day`;
}
