import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { standingJson } from "#lib/commitments/standing.ts";
import type { Day } from "#lib/dates.ts";
import { reading } from "#lib/db.ts";
import type { Entry, Lived, Report } from "./as-of.ts";

/** Reading what lib/reports/as-of.ts goes by. */

/** A record of a report. What was deleted for good has its reference from its history. */
export type LivedRecord = Lived & {
  id: string;
  number: number;
  reference: string;
  createdAt: Date;
  /** The day on which it was promised, as far as is known: signed, made at a meeting, first told of by a source. */
  promisedOn: Day | null;
};

type Row = Omit<LivedRecord, "entries" | "reports">;

/**
 * Every record of a portfolio with what is needed to see it as it was: its history since `since`, of the time before it
 * what changed its status or its deadline, and its reports.
 */
export async function readLived(actor: Actor, portfolioId: string, since: Date): Promise<LivedRecord[]> {
  const [present, entries, reports] = await Promise.all([
    reading(actor)<Row[]>`
      SELECT c.id, c.number, c.reference, c.created_at AS "createdAt", ${standingJson()} AS standing, least(
          (SELECT min(coalesce(m.latest, m.earliest)) FROM commitment_meeting cm JOIN meeting m ON m.id = cm.meeting_id
            WHERE cm.commitment_id = c.id AND cm.relation = 'made'),
          (SELECT min(s.date_latest) FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id)) AS "promisedOn"
      FROM commitment c WHERE ${visibleTo(actor, portfolioId)} ORDER BY c.number`,
    reading(actor)<(Entry & { recordId: string })[]>`
      SELECT subject_id AS "recordId", id::int, at, actor_name AS "actorName", changes FROM audit_event
      WHERE portfolio_id = ${portfolioId} AND subject_type = 'commitment'
        AND (at > ${since} OR changes ?| ARRAY['completion', 'evidence', 'confidence', 'created', 'deadline'])
      ORDER BY audit_event.id DESC`,
    reading(actor)<(Report & { recordId: string })[]>`
      SELECT r.commitment_id AS "recordId", r.as_of AS "asOf", r.at, r.text, r.completion, r.evidence, r.confidence
      FROM progress_report r JOIN commitment c ON c.id = r.commitment_id WHERE ${visibleTo(actor, portfolioId)} ORDER BY r.as_of, r.at`,
  ]);
  const entriesOf = Map.groupBy(entries, ({ recordId }) => recordId);
  const reportsOf = Map.groupBy(reports, ({ recordId }) => recordId);
  const there = new Set(present.map(({ id }) => id));
  const gone = [...entriesOf].flatMap(([id, own]): Row[] => {
    const deleted = own.find(({ changes }) => changes.deleted)?.changes.deleted?.[0] as
      | { reference?: string }
      | undefined;
    const created = own.find(({ changes }) => changes.created);
    if (there.has(id) || !deleted?.reference || !created) return [];
    const number = Number(/\d+$/.exec(deleted.reference)?.[0] ?? 0);
    return [{ id, number, reference: deleted.reference, createdAt: created.at, standing: null, promisedOn: null }];
  });
  return [...present, ...gone].map((row) => ({
    ...row,
    entries: entriesOf.get(row.id) ?? [],
    reports: reportsOf.get(row.id) ?? [],
  }));
}
