import { z } from "zod";
import { command } from "#lib/command.ts";
import { locales } from "#lib/i18n/locales.ts";
import { keepMailedLink } from "#lib/people/mailed-link.ts";
import { isSystem } from "#lib/people/policy.ts";
import { uuid } from "#lib/text.ts";

/**
 * The queue of letters, for the worker alone. A claim holds a letter for the length of a lease and raises its number (the
 * fence): whoever comes back with an older number has no say any more. Leases are measured by the database's clock, since
 * those of the machines differ. None of this is a person's doing, so the history says nothing of it.
 */

/** A letter that is ours for now. `uncertainBefore`: an earlier try may have arrived. */
export type Claimed = { id: string; fence: number; attempts: number; uncertainBefore: boolean };

/** Takes the letters whose turn it is, the longest waiting first. Until told otherwise each may arrive from now on. */
export const claimLetters = command({
  verb: "letter.claim",
  input: z.strictObject({ most: z.int().positive(), leaseSeconds: z.int().positive() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { most, leaseSeconds }) => {
    const result = await tx.$queryRaw<Claimed[]>`
      WITH next AS MATERIALIZED (
        SELECT id, uncertain FROM letter
        WHERE state = 'waiting' AND next_try_at <= ${now} AND (leased_until IS NULL OR leased_until < clock_timestamp())
        ORDER BY next_try_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
      UPDATE letter l SET fence = l.fence + 1, uncertain = true, leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      FROM next WHERE l.id = next.id
      RETURNING l.id, l.fence, l.attempts, next.uncertain AS "uncertainBefore"`;
    return { changed: [], result };
  },
});

const ours = { id: uuid, fence: z.int() };
const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);
const composed = z.strictObject({
  address: z.string(),
  locale: z.enum(locales),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});

/**
 * Keeps a letter as it is about to go, and drops the reminders that have been settled since. Says whether the letter is
 * still ours: if not, it must not be sent. Without a mail server this is where it ends (`unsent`).
 */
export const keepComposed = command({
  verb: "letter.compose",
  input: z.strictObject({
    ...ours,
    ...composed.shape,
    settled: z.array(uuid),
    uncertainBefore: z.boolean(),
    /** SHA-256 of the secret to unsubscribe with, in hex; null: nothing ends such letters. */
    secretHash: hexDigest.nullable(),
    unsent: z.boolean(),
    /** Of a letter that brings a link to set a password: its digest likewise, and until when it is good. */
    link: z.strictObject({ hash: hexDigest, expiresAt: z.date() }).optional(),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { id, fence, settled, link, ...letter }) => {
    const { address, locale, subject, text, html, uncertainBefore, secretHash, unsent } = letter;
    const kept = await tx.$executeRaw`
      UPDATE letter SET address = ${address}, locale = ${locale}::"Locale", subject = ${subject}, text = ${text}, html = ${html},
        unsubscribe_hashes = array_remove(CASE WHEN ${uncertainBefore} THEN unsubscribe_hashes ELSE '{}' END || decode(${secretHash}::text, 'hex'), NULL),
        state = CASE WHEN ${unsent} THEN 'unsent' ELSE 'waiting' END::"LetterState",
        attempts = attempts + CASE WHEN ${unsent} THEN 0 ELSE 1 END,
        uncertain = uncertain AND (NOT ${unsent} OR ${uncertainBefore}),
        leased_until = CASE WHEN ${unsent} THEN NULL ELSE leased_until END
      WHERE id = ${id}::uuid AND fence = ${fence} AND state = 'waiting' AND leased_until > clock_timestamp()`;
    if (kept > 0 && settled.length > 0) {
      await tx.reminder.updateMany({ where: { id: { in: settled }, letterId: id }, data: { droppedAt: now } });
    }
    if (kept > 0 && link && !unsent) await keepMailedLink(tx, { ...link, letterId: id, uncertainBefore });
    return { changed: [], result: kept > 0 };
  },
});

/** Takes away the files of letters that went, or will not go, days ago: reports that somebody tried. */
export const clearFiles = command({
  verb: "letter.clearFiles",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const before = new Date(now.getTime() - keptDays * 86_400_000);
    const { count } = await tx.letterFile.deleteMany({
      where: { letter: { state: { not: "waiting" }, createdAt: { lt: before } } },
    });
    return { changed: [], result: count };
  },
});

/** Days for which the files of a letter are kept that tries a report: as long as it may be sent again. */
const keptDays = 7;

/** How many tries there have been by now; without it, as many as before. */
const attempts = z.int().optional();

/**
 * What became of a letter that we had claimed. Also after the lease is over, as long as nobody else has claimed it: a
 * letter that the server took is sent, however late we come to say so. Says whether it still was ours.
 */
export const settleLetter = command({
  verb: "letter.settle",
  input: z.strictObject({
    ...ours,
    next: z.discriminatedUnion("state", [
      z.strictObject({ state: z.literal("sent"), attempts }),
      z.strictObject({
        state: z.literal("waiting"),
        attempts,
        nextTryAt: z.date(),
        /** Without one, what the last try said stays. */
        error: z.string().optional(),
        uncertain: z.boolean(),
      }),
      z.strictObject({ state: z.literal("parked"), attempts, error: z.string(), uncertain: z.boolean() }),
      z.strictObject({ state: z.literal("dropped"), settled: z.array(uuid) }),
    ]),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { id, fence, next }) => {
    const { state } = next;
    const { count } = await tx.letter.updateMany({
      where: { id, fence, state: "waiting" },
      data: {
        state,
        leasedUntil: null,
        ...(state !== "dropped" && next.attempts !== undefined && { attempts: next.attempts }),
        ...(state === "sent" && { sentAt: now, error: null, uncertain: false }),
        ...(state === "waiting" && {
          nextTryAt: next.nextTryAt,
          uncertain: next.uncertain,
          ...(next.error !== undefined && { error: next.error }),
        }),
        ...(state === "parked" && { error: next.error, uncertain: next.uncertain }),
      },
    });
    if (count > 0 && state === "dropped" && next.settled.length > 0) {
      await tx.reminder.updateMany({ where: { id: { in: next.settled }, letterId: id }, data: { droppedAt: now } });
    }
    return { changed: [], result: count > 0 };
  },
});
