import { z } from "zod";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { type Link, next, start } from "./chain.ts";

/**
 * An event `e` of the history in one spelling, whatever the server, its version and its settings: what its hash covers.
 * jsonb has one text for each value.
 */
export const contentSql = `jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.portfolio_id,
  e.actor_id, e.actor_name, e.verb, e.subject_type, e.subject_id, e.changes, e.batch_id, e.request_id)::text`;

/** Longer than any transaction of ours lasts: what has no seal by then was not there to be sealed. */
export const settledMinutes = 15;

const most = 5000;
/** Of pg_advisory_xact_lock: whoever seals does so alone. */
const lock = 7_240_001;

/**
 * Chains what was written since the last time, at most 5,000 events. Ids are given when a transaction writes and not when
 * it commits, so it also looks for older ones that came late. The chain is about the history and not a part of it.
 */
export const sealEvents = command({
  verb: "audit.seal",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async (context) => ({ changed: [], result: await sealSome(context) }),
});

/**
 * Chains whatever is committed by now, within another command's transaction, for whoever has to know where the history
 * goes on from. @returns the end of the chain
 */
export async function sealAll(context: Pick<Context, "tx" | "now">): Promise<bigint> {
  while ((await sealSome(context)).more);
  const [end] = await context.tx.$queryRaw<{ position: bigint }[]>`
    SELECT coalesce(max(position), 0) AS position FROM audit_seal`;
  return end?.position ?? 0n;
}

async function sealSome({ tx, now }: Pick<Context, "tx" | "now">): Promise<{ sealed: number; more: boolean }> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lock})`;
  const [last] = await tx.$queryRaw<{ position: bigint; hash: Uint8Array }[]>`
    SELECT position, hash FROM audit_seal ORDER BY position DESC LIMIT 1`;
  const settled = new Date(now.getTime() - settledMinutes * 60_000);
  const events = await tx.$queryRaw<{ id: bigint; content: string }[]>`
    SELECT e.id, ${Prisma.raw(contentSql)} AS content FROM audit_event e
    WHERE e.id > coalesce((SELECT event_id FROM audit_seal WHERE sealed_at < ${settled} ORDER BY sealed_at DESC LIMIT 1), 0)
      AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id)
    ORDER BY e.id LIMIT ${most}`;
  let link: Link = last ? { position: Number(last.position), hash: Buffer.from(last.hash) } : start;
  const data = events.map(({ id, content }) => {
    link = next(link, content);
    return { position: link.position, eventId: id, hash: Uint8Array.from(link.hash), sealedAt: now };
  });
  if (data.length > 0) await tx.auditSeal.createMany({ data });
  return { sealed: data.length, more: data.length === most };
}
