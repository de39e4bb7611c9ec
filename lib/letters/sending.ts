import type { z } from "zod";
import { type Actor, hashSecret } from "#lib/actor.ts";
import { defaultLocale } from "#lib/i18n/locales.ts";
import { log } from "#lib/log.ts";
import type { Fate, Mailer } from "#lib/mail.ts";
import { hoursLater } from "#lib/people/rules.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { isDatabaseAway, limitsOf, untilNoted } from "#lib/trying.ts";
import { composeAccountLetter, linkHoursOf } from "./account-letter.ts";
import { compose } from "./compose.ts";
import { type Draft, isPlainAddress, readAttachments, readDrafts } from "./drafts.ts";
import { type Claimed, claimLetters, keepComposed, settleLetter } from "./queue.ts";
import { composeReport } from "./report-letter.ts";
import { nextAfter } from "./rules.ts";

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
type Round = { claimed: number; away: boolean };

/**
 * One round: takes letters whose turn it is, asks once more whether what they tell of still holds, writes them anew and
 * sends them, several at once. Each letter is settled by itself, at once after its try; one that can't be written waits
 * like one that can't be delivered, so that it holds nobody else's up.
 */
export async function sendLetters(sending: Sending, now: Date): Promise<Round> {
  const { actor, leaseSeconds, most, stillDue } = sending;
  const begun = performance.now();
  const claimed = await claimLetters(actor, { most, leaseSeconds }, { now });
  if (claimed.length === 0) return { claimed: 0, away: false };
  const read = readDrafts(
    actor,
    claimed.map(({ id }) => id),
  ).then(async (drafts) => {
    const reminders = [...drafts.values()].flatMap(({ items }) => items.map(({ id }) => id));
    return { drafts, due: await stillDue(reminders, now) };
  });
  const tries = await Promise.allSettled(
    claimed.map(async (letter) => {
      try {
        const { drafts, due } = await read;
        const draft = drafts.get(letter.id);
        return draft ? await attempt(sending, letter, draft, { due, begun, now }) : null;
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        log.error({ err: error, letter: letter.id }, "A letter could not be written.");
        const failed = { how: "again", error: String(error), mayHaveArrived: false, away: false } as const;
        await settleAfter(sending, letter, failed, now);
        return null;
      }
    }),
  );
  for (const one of tries) if (one.status === "rejected") throw one.reason;
  const fates = tries.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  return {
    claimed: claimed.length,
    away: fates.length > 0 && fates.every((fate) => fate.how === "again" && fate.away),
  };
}

type Moment = { due: Set<string>; begun: number; now: Date };

/** One letter's try; null when there was none. Throws only before anything was sent, or when nothing can be noted. */
async function attempt(sending: Sending, letter: Claimed, draft: Draft, moment: Moment): Promise<Fate | null> {
  const { actor, mailer, publicUrl, leaseSeconds, stopping } = sending;
  const { due, begun, now } = moment;
  const { id, fence, uncertainBefore } = letter;
  const { person, items, messageId, report, notice, createdAt } = draft;
  const held = items.filter((item) => due.has(item.id));
  const settled = items.filter((item) => !due.has(item.id)).map((item) => item.id);
  // Who gets no letters any more finds the reminders in the inbox all the same: they are not dropped.
  if (!draft.reachable) return await settle(sending, letter, { state: "dropped", settled: [] }, now);
  const hours = notice && linkHoursOf(notice);
  // Who waits for a link has by now asked for another one, or needs none.
  const late = Boolean(hours) && hoursLater(createdAt, hours ?? 0) <= now;
  const nothing = notice ? late : report ? report.files.length === 0 : held.length === 0;
  if (nothing) return await settle(sending, letter, { state: "dropped", settled }, now);
  const locale = person.locale ?? report?.locale ?? defaultLocale;
  const secret = newSecret();
  const linkUntil = hours ? hoursLater(now, hours) : null;
  const write = (shown: string) => {
    const options = { name: person.name, locale, publicUrl, now };
    if (notice) {
      const link = linkUntil && { href: `${publicUrl}/set-password/${shown}`, until: linkUntil };
      return composeAccountLetter(notice, { ...options, email: person.email, at: createdAt, link });
    }
    return report
      ? composeReport(report, { ...options, stopUrl: `${publicUrl}/unsubscribe/${shown}` })
      : compose(held, options);
  };
  const digest = hashSecret(secret).toString("hex");
  const ours = await keepComposed(
    actor,
    {
      // The secret is the reader's: what is kept does not show it.
      ...{ id, fence, settled, uncertainBefore, locale, ...write("…") },
      address: person.email,
      secretHash: notice ? null : digest,
      unsent: mailer === null,
      ...(linkUntil && { link: { hash: digest, expiresAt: linkUntil } }),
    },
    { now },
  );
  if (!ours || !mailer) return null;
  if (!isPlainAddress(person.email)) {
    const next = { state: "parked" as const, error: "letters.errors.address", uncertain: uncertainBefore };
    return await settle(sending, letter, next, now);
  }
  const files = report ? await readAttachments(actor, id, report) : [];
  // A worker that was held up this long must not begin: by the time the letter is there the lease may be another's.
  if (stopping() || performance.now() - begun > limitsOf(leaseSeconds).begin) {
    return await settle(sending, letter, { state: "waiting", nextTryAt: now, uncertain: uncertainBefore }, now);
  }
  const fate = await mailer.send({
    messageId,
    to: { name: person.name, address: person.email },
    ...write(secret),
    files,
    language: locale,
    unsubscribeUrl: notice ? null : `${publicUrl}/api/unsubscribe/${secret}`,
  });
  await settleAfter(sending, letter, fate, new Date(now.getTime() + Math.round(performance.now() - begun)));
  return fate;
}

/** Notes what a try led to. */
async function settleAfter(sending: Sending, letter: Claimed, fate: Fate, now: Date): Promise<void> {
  const attempts = letter.attempts + 1;
  const { uncertainBefore } = letter;
  const next = nextAfter(fate, { attempts, uncertainBefore, now, chance: Math.random() });
  await settle(sending, letter, { ...next, attempts }, now);
}

type Next = z.input<typeof settleLetter.input>["next"];

/** Notes what became of a letter, however late that can be done. */
async function settle({ actor, stopping }: Sending, { id, fence }: Claimed, next: Next, now: Date): Promise<null> {
  await untilNoted(() => settleLetter(actor, { id, fence, next }, { now }), stopping);
  return null;
}
