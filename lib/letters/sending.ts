import type { z } from "zod";
import { type Actor, hashSecret } from "#lib/actor.ts";
import { isAway, Unavailable } from "#lib/errors.ts";
import { defaultLocale } from "#lib/i18n/locales.ts";
import type { Fate, Mailer } from "#lib/mail.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { compose } from "./compose.ts";
import { type Draft, isPlainAddress, readDrafts } from "./drafts.ts";
import { type Claimed, claimLetters, keepComposed, settleLetter } from "./queue.ts";
import { limitsOf, nextAfter } from "./rules.ts";

export type Sending = {
  actor: Actor;
  /** Null: there is no mail server, and letters are only written. */
  mailer: Mailer | null;
  publicUrl: string;
  leaseSeconds: number;
  /** So many letters at once. */
  most: number;
  /** Which of these reminders hold as the register stands: lib/reminders/planning.ts. */
  stillDue: (reminderIds: string[], now: Date) => Promise<Set<string>>;
  /** Told to stop: what has not begun is given back. */
  stopping: () => boolean;
};

/** What a round did. `away`: the mail server failed at every letter of it, so the next round may wait. */
export type Round = { claimed: number; away: boolean };

/**
 * One round: takes letters whose turn it is, asks once more whether what they tell of still holds, writes them anew and
 * sends them, several at once. Each letter is settled by itself, at once after its try.
 */
export async function sendLetters(sending: Sending, now: Date): Promise<Round> {
  const { actor, leaseSeconds, most, stillDue } = sending;
  const begun = performance.now();
  const claimed = await claimLetters(actor, { most, leaseSeconds }, { now });
  if (claimed.length === 0) return { claimed: 0, away: false };
  const open = new Map(claimed.map((letter) => [letter.id, letter]));
  try {
    const drafts = await readDrafts(actor, [...open.keys()]);
    const due = await stillDue(
      [...drafts.values()].flatMap(({ items }) => items.map(({ id }) => id)),
      now,
    );
    const fates = await Promise.all(
      claimed.map(async (letter) => {
        const draft = drafts.get(letter.id);
        const fate = draft ? await attempt(sending, letter, draft, { due, begun, now }) : null;
        open.delete(letter.id);
        return fate;
      }),
    );
    const tried = fates.filter((fate) => fate !== null);
    return {
      claimed: claimed.length,
      away: tried.length > 0 && tried.every((fate) => fate.how === "again" && fate.away),
    };
  } finally {
    // Something failed that is no fault of a letter's: the others are given back, as far as the database answers.
    await Promise.allSettled([...open.values()].map((letter) => giveBack(sending, letter, now)));
  }
}

type Moment = { due: Set<string>; begun: number; now: Date };

/** One letter's try; null when there was none. */
async function attempt(sending: Sending, letter: Claimed, draft: Draft, moment: Moment): Promise<Fate | null> {
  const { actor, mailer, publicUrl, leaseSeconds, stopping } = sending;
  const { due, begun, now } = moment;
  const { id, fence, uncertainBefore } = letter;
  const { person, items, messageId } = draft;
  const held = items.filter((item) => due.has(item.id));
  const settled = items.filter((item) => !due.has(item.id)).map((item) => item.id);
  // Who gets no letters any more finds the reminders in the inbox all the same: they are not dropped.
  if (!draft.reachable) return await settle(sending, letter, { state: "dropped", settled: [] }, now);
  if (held.length === 0) return await settle(sending, letter, { state: "dropped", settled }, now);
  const locale = person.locale ?? defaultLocale;
  const written = compose(held, { name: person.name, locale, publicUrl, now });
  const secret = newSecret();
  const ours = await keepComposed(
    actor,
    {
      ...{ id, fence, settled, uncertainBefore, locale, ...written },
      address: person.email,
      secretHash: hashSecret(secret).toString("hex"),
      unsent: mailer === null,
    },
    { now },
  );
  if (!ours || !mailer) return null;
  if (!isPlainAddress(person.email)) {
    const next = { state: "parked" as const, error: "letters.errors.address", uncertain: uncertainBefore };
    return await settle(sending, letter, next, now);
  }
  // A worker that was held up this long must not begin: by the time the letter is there the lease may be another's.
  if (stopping() || performance.now() - begun > limitsOf(leaseSeconds).begin) {
    await giveBack(sending, letter, now);
    return null;
  }
  const fate = await mailer.send({
    messageId,
    to: { name: person.name, address: person.email },
    ...written,
    language: locale,
    unsubscribeUrl: `${publicUrl}/api/unsubscribe/${secret}`,
  });
  const took = Math.round(performance.now() - begun);
  const after = new Date(now.getTime() + took);
  const tried = { attempts: letter.attempts + 1, uncertainBefore, now: after, chance: Math.random() };
  await settle(sending, letter, nextAfter(fate, tried), after);
  return fate;
}

type Next = z.input<typeof settleLetter.input>["next"];

/**
 * Notes what became of a letter. While the database is away this waits: a letter that the server took is noted as sent as
 * soon as there is somewhere to note it, for as long as nobody else can have claimed it.
 */
async function settle({ actor, stopping }: Sending, { id, fence }: Claimed, next: Next, now: Date): Promise<null> {
  for (let wait = 50; ; wait = Math.min(2 * wait, 5000)) {
    try {
      await settleLetter(actor, { id, fence, next }, { now });
      return null;
    } catch (error) {
      if (!(error instanceof Unavailable || isAway(error)) || (stopping() && wait >= 5000)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Lets others have a letter at once that was not tried. */
async function giveBack(sending: Sending, letter: Claimed, now: Date): Promise<void> {
  await settle(sending, letter, { state: "waiting", nextTryAt: now, uncertain: letter.uncertainBefore }, now);
}
