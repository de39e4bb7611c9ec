import { systemActor } from "#lib/actor.ts";
import { fetchBatches, openSnapshot } from "#lib/db.ts";
import { check, type Finding, type Link, type Sealed } from "./chain.ts";
import { contentSql, settledMinutes } from "./seal.ts";

type Verdict = {
  /** How many events the chain holds, and its end. */
  head: Link;
  findings: Finding[];
  /** Written lately, and not sealed yet. */
  waiting: number;
};

/**
 * Reads the whole history beside its chain, in one snapshot and little memory. `head`: what was exported earlier, which
 * the chain has to lead through; without it nobody can tell a history that was cut off, seals and all, from a younger one.
 */
export async function verifyHistory({ now, head }: { now: Date; head?: Link | undefined }): Promise<Verdict> {
  const { connection, end: close } = await openSnapshot(systemActor("audit"));
  const findings: Finding[] = [];
  async function* seals(): AsyncGenerator<Sealed> {
    await connection.unsafe(`DECLARE chain NO SCROLL CURSOR FOR
      SELECT s.position::int, s.hash, s.event_id::int AS "eventId", CASE WHEN e.id IS NOT NULL THEN ${contentSql} END AS content
      FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event_id ORDER BY s.position`);
    for await (const batch of fetchBatches<Sealed>(connection, "chain", 2000)) yield* batch;
  }
  try {
    const end = await check(seals(), { found: (finding) => findings.push(finding), head });
    const settled = new Date(now.getTime() - settledMinutes * 60_000);
    const unsealed = await connection<{ eventId: number; late: boolean }[]>`
      SELECT e.id::int AS "eventId", coalesce(e.id < (
          SELECT event_id FROM audit_seal WHERE sealed_at < ${settled} ORDER BY sealed_at DESC LIMIT 1), false) AS late
      FROM audit_event e WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id) ORDER BY e.id`;
    for (const { eventId, late } of unsealed) if (late) findings.push({ kind: "unsealed", eventId });
    return { head: end, findings, waiting: unsealed.filter(({ late }) => !late).length };
  } finally {
    await close();
  }
}
