import { z } from "zod";
import { command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import { uuid } from "#lib/text.ts";
import { kinds } from "./kinds.ts";
import { holdAfter } from "./rules.ts";

/**
 * The queue of deliveries, for the worker alone: claimed under a lease and a fence like letters (lib/letters/queue.ts).
 * None of this is a person's doing, so the history says nothing of it; only that an address was switched off.
 */

/** Places of the sealed history that one run looks at, for each webhook. */
const most = 5000;

/**
 * Makes deliveries of what was sealed since the last time. The chain of seals is without gaps, and grows at its end alone:
 * entries get their numbers before their transactions commit, but their places only after. So nothing is missed; and a
 * delivery for each webhook and event there is but one.
 */
export const enqueueDeliveries = command({
  verb: "webhook.enqueue",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const [head] = await tx.$queryRaw<
      { position: bigint }[]
    >`SELECT coalesce(max(position), 0) AS position FROM audit_seal`;
    const end = head?.position ?? 0n;
    const behind = await tx.$queryRaw<{ id: string; position: bigint }[]>`
      SELECT id, position FROM webhook WHERE active AND position < ${end} FOR UPDATE SKIP LOCKED`;
    let added = 0;
    for (const { id, position } of behind) {
      const upTo = position + BigInt(most) < end ? position + BigInt(most) : end;
      added += await tx.$executeRaw`
        INSERT INTO webhook_delivery (id, webhook_id, event_id, created_at, next_try_at)
        SELECT gen_random_uuid(), w.id, e.id, ${now}, ${now}
        FROM webhook w JOIN audit_seal s ON s.position > ${position} AND s.position <= ${upTo} JOIN audit_event e ON e.id = s.event_id
        WHERE w.id = ${id}::uuid AND e.portfolio_id = w.portfolio_id AND e.subject_type = ANY(${[...kinds]})
          AND (w.kinds = '{}' OR e.subject_type = ANY(w.kinds))
        ORDER BY s.position
        ON CONFLICT (webhook_id, event_id) DO NOTHING`;
      await tx.$executeRaw`UPDATE webhook SET position = ${upTo} WHERE id = ${id}::uuid`;
    }
    return { changed: [], result: { added, more: behind.some(({ position }) => position + BigInt(most) < end) } };
  },
});

export type Claimed = { id: string; fence: number };

/**
 * Takes deliveries whose turn it is, not more than a few for one address at a time, so that a slow one holds nobody else's
 * up; for one at which the last try failed, a single one, and only after a while.
 */
export const claimDeliveries = command({
  verb: "webhook.claim",
  input: z.strictObject({ most: z.int().positive(), each: z.int().positive(), leaseSeconds: z.int().positive() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { most: all, each, leaseSeconds }) => {
    const result = await tx.$queryRaw<Claimed[]>`
      WITH next AS MATERIALIZED (
        SELECT turn.id FROM webhook w CROSS JOIN LATERAL (
          SELECT d.id FROM webhook_delivery d
          WHERE d.webhook_id = w.id AND d.state = 'waiting' AND d.next_try_at <= ${now}
            AND (d.leased_until IS NULL OR d.leased_until < clock_timestamp())
            AND (d.event_id IS NULL OR (w.active AND (w.not_before IS NULL OR w.not_before <= ${now})))
          ORDER BY d.next_try_at, d.event_id
          LIMIT greatest(0, CASE WHEN w.failures > 0 THEN 1 ELSE ${each} END - (SELECT count(*) FROM webhook_delivery o
            WHERE o.webhook_id = w.id AND o.state = 'waiting' AND o.leased_until > clock_timestamp()))
          FOR UPDATE SKIP LOCKED) turn
        LIMIT ${all})
      UPDATE webhook_delivery d SET fence = d.fence + 1, leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      FROM next WHERE d.id = next.id RETURNING d.id, d.fence`;
    return { changed: [], result };
  },
});

const count = z.int().nonnegative();

/** Notes what came of a try, for as long as nobody else has claimed the delivery. Says whether it still was ours. */
export const settleDelivery = command({
  verb: "webhook.settle",
  input: z.strictObject({
    id: uuid,
    fence: z.int(),
    next: z.discriminatedUnion("state", [
      z.strictObject({ state: z.literal("delivered") }),
      z.strictObject({ state: z.literal("parked") }),
      z.strictObject({ state: z.literal("waiting"), nextTryAt: z.date() }),
    ]),
    /** Milliseconds for which the address asked to be left alone. */
    hold: count,
    tried: z.strictObject({
      status: count.nullable(),
      duration: count,
      answer: z.string().nullable(),
      /** A message key. */
      error: z.string().nullable(),
    }),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { id, fence, next, tried, hold }) => {
    const [delivery] = await tx.$queryRaw<{ webhookId: string; eventId: bigint | null }[]>`
      SELECT webhook_id AS "webhookId", event_id AS "eventId" FROM webhook_delivery
      WHERE id = ${id}::uuid AND fence = ${fence} AND state = 'waiting' FOR UPDATE`;
    if (!delivery) return { changed: [], result: false };
    const { webhookId, eventId } = delivery;
    await tx.webhookDelivery.update({
      where: { id },
      data: { ...next, ...tried, triedAt: now, leasedUntil: null, attempts: { increment: 1 } },
    });
    // A trial says nothing of what is sent in earnest, unless it arrives.
    if (next.state === "delivered")
      await tx.webhook.updateMany({
        where: { id: webhookId, failures: { gt: 0 } },
        data: { failures: 0, failingSince: null, notBefore: null },
      });
    else if (eventId !== null) {
      const { failures, failingSince } = await tx.webhook.update({
        where: { id: webhookId },
        data: { failures: { increment: 1 } },
        select: { failures: true, failingSince: true },
      });
      const notBefore = new Date(now.getTime() + Math.max(holdAfter(failures), hold));
      await tx.webhook.update({ where: { id: webhookId }, data: { notBefore, failingSince: failingSince ?? now } });
    }
    return { changed: [], result: true };
  },
});

/** Gives a claimed delivery back: the worker stops before it went. */
export const returnDelivery = command({
  verb: "webhook.return",
  input: z.strictObject({ id: uuid, fence: z.int() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _subject, { id, fence }) => {
    await tx.webhookDelivery.updateMany({ where: { id, fence, state: "waiting" }, data: { leasedUntil: null } });
    return { changed: [], result: undefined };
  },
});

/** Switches off an address that does not answer for days, or says that it is no more. */
export const pauseWebhook = command({
  verb: "webhook.pause",
  input: z.strictObject({ id: uuid, reason: z.enum(["failing", "gone"]) }),
  locks: true,
  load: async ({ tx }, { id }) => {
    await tx.$queryRaw`SELECT FROM webhook WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.webhook.findUnique({ where: { id }, select: { id: true, portfolioId: true, active: true } });
  },
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, { id, portfolioId, active }, { reason }) => {
    if (!active) return { changed: [], result: undefined };
    const data = { active: false, pausedFor: reason, version: { increment: 1 } };
    await tx.webhook.update({ where: { id }, data });
    const changes = { active: [true, false], pausedFor: [null, reason] } as const;
    return { changed: [{ type: "webhook", id, portfolioId, changes }], result: undefined };
  },
});

/** Days for which the log of deliveries is kept; what waits or is parked longer. */
const keptDays = 30;

/** Takes deliveries out of the log that arrived some time ago, and what was given up long ago. */
export const clearDeliveries = command({
  verb: "webhook.clear",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const before = (days: number) => new Date(now.getTime() - days * 86_400_000);
    const { count: cleared } = await tx.webhookDelivery.deleteMany({
      where: {
        OR: [
          { state: "delivered", createdAt: { lt: before(keptDays) } },
          { state: "parked", createdAt: { lt: before(3 * keptDays) } },
        ],
      },
    });
    return { changed: [], result: cleared };
  },
});
