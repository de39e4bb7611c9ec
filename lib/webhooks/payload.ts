import type { Actor } from "#lib/actor.ts";
import type { Changes } from "#lib/change.ts";
import { reading } from "#lib/db.ts";

/** What a delivery says: the history's entry, in the form of Standard Webhooks (type, timestamp, data). */

/** A delivery with all that it needs to go. */
export type Outgoing = {
  id: string;
  webhookId: string;
  url: string;
  /** The keys that are good, sealed, the newest first. */
  keys: Uint8Array[];
  attempts: number;
  failingSince: Date | null;
  body: string;
};

type Row = Omit<Outgoing, "body" | "keys"> & {
  sealed: Uint8Array;
  oldSealed: Uint8Array | null;
  portfolioId: string;
  createdAt: Date;
  event: Entry | null;
};

type Entry = {
  id: number;
  at: string;
  portfolioId: string;
  actorName: string;
  verb: string;
  subjectType: string;
  subjectId: string;
  reference: string | null;
  changes: Changes;
  batchId: string | null;
  requestId: string | null;
};

/** Deliveries as they are to go now; for the worker alone. An event of another portfolio than the webhook's is never among them. */
export async function readOutgoing(actor: Actor, ids: readonly string[], now: Date): Promise<Outgoing[]> {
  const rows = await reading(actor)<Row[]>`
    SELECT d.id, d.webhook_id AS "webhookId", w.url, w.portfolio_id AS "portfolioId", d.attempts, d.created_at AS "createdAt",
      w.sealed, CASE WHEN w.old_until > ${now} THEN w.old_sealed END AS "oldSealed", w.failing_since AS "failingSince",
      CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'at', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'portfolioId', e.portfolio_id, 'actorName', e.actor_name, 'verb', e.verb, 'subjectType', e.subject_type,
        'subjectId', e.subject_id, 'changes', e.changes, 'batchId', e.batch_id, 'requestId', e.request_id,
        'reference', CASE e.subject_type
          WHEN 'commitment' THEN coalesce((SELECT reference FROM commitment WHERE id::text = e.subject_id), e.changes->'reference'->>0)
          WHEN 'meeting' THEN (SELECT key FROM meeting WHERE id::text = e.subject_id)
          WHEN 'source' THEN (SELECT key FROM source WHERE id::text = e.subject_id)
          WHEN 'indicator' THEN (SELECT key FROM indicator WHERE id::text = e.subject_id)
          WHEN 'report' THEN (SELECT title FROM report WHERE id::text = e.subject_id)
          WHEN 'import' THEN (SELECT file_name FROM import_batch WHERE id::text = e.subject_id) END) END AS event
    FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
    LEFT JOIN audit_event e ON e.id = d.event_id AND e.portfolio_id = w.portfolio_id
    WHERE d.id = ANY(${[...ids]}::uuid[]) AND (d.event_id IS NULL OR e.id IS NOT NULL)`;
  return rows.map(({ sealed, oldSealed, portfolioId, createdAt, event, ...row }) => ({
    ...row,
    keys: oldSealed ? [sealed, oldSealed] : [sealed],
    body: JSON.stringify(event ? bodyOf(event) : trialOf(portfolioId, createdAt)),
  }));
}

function bodyOf({ id, at, verb, portfolioId, subjectType, subjectId, reference, ...entry }: Entry) {
  const { changes, actorName, batchId, requestId } = entry;
  return {
    type: verb,
    timestamp: at,
    data: {
      id,
      portfolio: portfolioId,
      subject: { type: subjectType, id: subjectId, reference },
      changes,
      actor: { name: actorName },
      batchId,
      requestId,
    },
  };
}

/** What is sent where somebody only tries whether it arrives. */
const trialOf = (portfolio: string, at: Date) => ({
  type: "webhook.test",
  timestamp: at.toISOString(),
  data: { portfolio },
});
