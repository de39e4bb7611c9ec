import { z } from "zod";
import type { Changes } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { RuleBroken } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";
import type { LetterState } from "#prisma/generated/enums.ts";
import { may } from "./policy.ts";

/** What administrators do about letters. The worker sends them, in its next round. */

const ofLetter = (id: string, changes: Changes) => ({ type: "letter" as const, id, portfolioId: null, changes });

const input = z.strictObject({ id: uuid });

/** A letter that was given up, or not sent for want of a mail server, gets all its tries again. */
export const sendAgain = command({
  verb: "letter.sendAgain",
  input,
  locks: true,
  load: ({ tx }, { id }) => tx.letter.findUnique({ where: { id }, select: { id: true, state: true } }),
  allow: (actor) => may(actor, "send"),
  run: async ({ tx, now }, { id, state }) => {
    const { count } = await tx.letter.updateMany({
      where: { id, state: { in: ["parked", "unsent"] satisfies LetterState[] } },
      data: { state: "waiting", attempts: 0, nextTryAt: now, leasedUntil: null },
    });
    if (count === 0) throw new RuleBroken("letters.errors.notAgain");
    return { changed: [ofLetter(id, { state: [state, "waiting"] })], result: undefined };
  },
});

/** A letter that waits for its next try is tried at once. */
export const sendNow = command({
  verb: "letter.sendNow",
  input,
  locks: true,
  load: ({ tx }, { id }) => tx.letter.findUnique({ where: { id }, select: { id: true, nextTryAt: true } }),
  allow: (actor) => may(actor, "send"),
  run: async ({ tx, now }, { id, nextTryAt }) => {
    const { count } = await tx.letter.updateMany({ where: { id, state: "waiting" }, data: { nextTryAt: now } });
    if (count === 0) throw new RuleBroken("letters.errors.notWaiting");
    return { changed: [ofLetter(id, { nextTryAt: [nextTryAt, now] })], result: undefined };
  },
});
