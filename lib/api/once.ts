import { createHash } from "node:crypto";
import { z } from "zod";
import { type Command, command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import { Refused } from "./refused.ts";

/**
 * Requests that carry a key (Idempotency-Key) are done once, however often they are sent: what was answered is kept in the
 * transaction that did it, so neither can be there without the other. What failed did nothing, and is tried anew.
 */

const keptHours = 24;

/** A key as its sender made it. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, "api.errors.key");

export type Sent = {
  key: string;
  /** Method and path. */
  request: string;
  /** All that was sent, as text. */
  body: string;
};

/**
 * Does a command, or answers what it answered when the same was sent with this key before. The answer is plain JSON.
 * @throws Refused 409 while the first is under way, 422 where the key came with something else
 */
export function once(wanted: Command<z.ZodType, unknown>, sent: Sent) {
  return (actor: Parameters<typeof wanted>[0], input: unknown): Promise<{ answer: unknown; again: boolean }> => {
    const bodyHash = createHash("sha256").update(sent.body).digest("base64");
    return remembered(wanted)(actor, { key: sent.key, request: sent.request, bodyHash, input });
  };
}

const made = new WeakMap<object, ReturnType<typeof remembering>>();

function remembered(wanted: Command<z.ZodType, unknown>) {
  const found = made.get(wanted) ?? remembering(wanted);
  made.set(wanted, found);
  return found;
}

const sentInput = z.strictObject({
  key: idempotencyKey,
  request: z.string(),
  bodyHash: z.string(),
  input: z.unknown(),
});

function remembering(wanted: Command<z.ZodType, unknown>) {
  return command({
    verb: wanted.verb,
    input: sentInput,
    // It has to see what the command itself would see.
    ...(wanted.locks && { locks: true as const }),
    load: async ({ tx, actor }, { key }) => {
      if (actor.id === null) return null;
      const [lock] = await tx.$queryRaw<{ free: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`kept api ${actor.id} ${key}`}, 0)) AS free`;
      if (!lock?.free) throw new Refused(409, "api.errors.underWay");
      const found = await tx.idempotencyKey.findUnique({ where: { personId_key: { personId: actor.id, key } } });
      return { personId: actor.id, found };
    },
    allow: (actor, { personId }) => actor.id === personId,
    run: async (context, { personId, found }, { key, request, bodyHash, input }) => {
      const { tx, now } = context;
      const hash = Buffer.from(bodyHash, "base64");
      if (found && found.createdAt > hoursBefore(now)) {
        if (found.request !== request || !hash.equals(found.bodyHash)) throw new Refused(422, "api.errors.keyUsed");
        return { changed: [], result: { answer: JSON.parse(found.reply) as unknown, again: true } };
      }
      const reply = JSON.stringify((await wanted.within(context, input)) ?? null);
      // Not by Prisma's upsert: where another request was quicker after all, this fails in a way that is tried again.
      await tx.$executeRaw`INSERT INTO idempotency_key (person_id, key, request, body_hash, reply, created_at)
        VALUES (${personId}::uuid, ${key}, ${request}, ${hash}, ${reply}, ${now})
        ON CONFLICT (person_id, key) DO UPDATE SET request = EXCLUDED.request, body_hash = EXCLUDED.body_hash,
          reply = EXCLUDED.reply, created_at = EXCLUDED.created_at`;
      return { changed: [], result: { answer: JSON.parse(reply) as unknown, again: false } };
    },
  });
}

const hoursBefore = (now: Date) => new Date(now.getTime() - keptHours * 3_600_000);

/** Takes away keys that are too old to be answered by. Nobody's doing: no history. */
export const clearKeys = command({
  verb: "api.clearKeys",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const { count } = await tx.idempotencyKey.deleteMany({ where: { createdAt: { lte: hoursBefore(now) } } });
    return { changed: [], result: { count } };
  },
});
