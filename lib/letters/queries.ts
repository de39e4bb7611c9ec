import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import { LetterState, type Locale } from "#prisma/generated/enums.ts";
import { may } from "./policy.ts";

/** The outbox, for administrators. */

export const letterStates = Object.values(LetterState);

const cursor = z.uuid().nullable().catch(null);

/** The outbox's address. What does not fit is left out. */
export const outboxFilter = z.object({
  state: z.enum(LetterState).nullable().catch(null).default(null),
  after: cursor.default(null),
});

type OutboxFilter = z.output<typeof outboxFilter>;

type LetterListed = {
  id: string;
  state: LetterState;
  /** Whom it goes to: as it went, else as it would. */
  name: string;
  address: string;
  subject: string | null;
  reminders: number;
  createdAt: Date;
  sentAt: Date | null;
  attempts: number;
  nextTryAt: Date;
  error: string | null;
};

const lettersPage = 50;

/** Letters, the newest first, a page of 50 at a time; `after` is the `next` of the page before. @throws Forbidden */
export async function listLetters(
  actor: Actor,
  { state, after }: OutboxFilter,
): Promise<{ letters: LetterListed[]; next: string | null; counts: Record<LetterState, number> }> {
  if (!may(actor, "see")) throw new Forbidden();
  const [letters, counted] = await Promise.all([
    reading(actor)<LetterListed[]>`
      SELECT l.id, l.state, coalesce(p.name, l.recipient) AS name, coalesce(l.address, p.email, l.recipient) AS address, l.subject, l.created_at AS "createdAt", l.sent_at AS "sentAt",
        l.attempts, l.next_try_at AS "nextTryAt", l.error,
        (SELECT count(*)::int FROM reminder r WHERE r.letter_id = l.id AND r.dropped_at IS NULL) AS reminders
      FROM letter l LEFT JOIN person p ON p.id = l.person_id
      WHERE ${state ? sql`l.state = ${state}` : sql`true`} AND ${after ? sql`l.id < ${after}` : sql`true`}
      ORDER BY l.id DESC LIMIT ${lettersPage + 1}`,
    // Counted as far as a badge needs: who has more than a thousand that wait knows enough.
    reading(actor)<{ state: LetterState; count: number }[]>`
      SELECT s.state, (SELECT count(*)::int FROM (SELECT FROM letter l WHERE l.state = s.state LIMIT ${countedMost + 1}) t) AS count
      FROM unnest(enum_range(NULL::"LetterState")) AS s (state)`,
  ]);
  const counts = Object.fromEntries(counted.map(({ state: each, count }) => [each, count])) as Record<
    LetterState,
    number
  >;
  const shown = letters.slice(0, lettersPage);
  return { letters: shown, next: letters.length > lettersPage ? (shown.at(-1)?.id ?? null) : null, counts };
}

export const countedMost = 1000;

type LetterShown = LetterListed & {
  /** Null: an address that is nobody's here. */
  personId: string | null;
  messageId: string;
  uncertain: boolean;
  leased: boolean;
  locale: Locale | null;
  text: string | null;
  composed: boolean;
};

/** One letter. Null: none of that id. @throws Forbidden */
export async function getLetter(actor: Actor, id: string): Promise<LetterShown | null> {
  if (!may(actor, "see")) throw new Forbidden();
  if (!z.uuid().safeParse(id).success) return null;
  const [letter] = await reading(actor)<LetterShown[]>`
    SELECT l.id, l.state, l.person_id AS "personId", coalesce(p.name, l.recipient) AS name, coalesce(l.address, p.email, l.recipient) AS address, l.subject, l.created_at AS "createdAt",
      l.sent_at AS "sentAt", l.attempts, l.next_try_at AS "nextTryAt", l.error, l.message_id AS "messageId", l.uncertain, l.locale, l.text,
      l.html IS NOT NULL AS composed, coalesce(l.leased_until > clock_timestamp(), false) AS leased,
      (SELECT count(*)::int FROM reminder r WHERE r.letter_id = l.id AND r.dropped_at IS NULL) AS reminders
    FROM letter l LEFT JOIN person p ON p.id = l.person_id WHERE l.id = ${id}`;
  return letter ?? null;
}

/** A letter as mail programs got it. Null: none of that id, or not written yet. @throws Forbidden */
export async function getLetterHtml(actor: Actor, id: string): Promise<string | null> {
  if (!may(actor, "see")) throw new Forbidden();
  if (!z.uuid().safeParse(id).success) return null;
  const [letter] = await reading(actor)<{ html: string | null }[]>`SELECT html FROM letter WHERE id = ${id}`;
  return letter?.html ?? null;
}

type JobShown = {
  name: string;
  nextAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  running: boolean;
  error: string | null;
};

export type Queue = {
  now: Date;
  /** Reminders whose letter is yet to be made. */
  unlettered: number;
  /** Letters that wait, of them those whose time has come, and since when the longest waits. */
  waiting: number;
  due: number;
  oldest: Date | null;
  leased: number;
  parked: number;
  unsent: number;
  sentToday: number;
  lastSent: Date | null;
  jobs: JobShown[];
};

/** How the worker is doing: for the page and for the metrics. @throws Forbidden */
export async function getQueue(actor: Actor): Promise<Queue> {
  if (!may(actor, "see")) throw new Forbidden();
  type Row = Omit<Queue, "jobs"> & { jobs: Record<keyof JobShown, string | null>[] };
  const [row] = await reading(actor)<Row[]>`
    SELECT t.now,
      (SELECT count(*)::int FROM reminder WHERE letter_id IS NULL AND mail AND dropped_at IS NULL AND due_at <= t.now) AS unlettered,
      w.waiting, w.due, w.oldest, w.leased,
      (SELECT count(*)::int FROM letter WHERE state = 'parked') AS parked,
      (SELECT count(*)::int FROM letter WHERE state = 'unsent') AS unsent,
      (SELECT count(*)::int FROM letter WHERE state = 'sent' AND sent_at > t.now - interval '1 day') AS "sentToday",
      (SELECT max(sent_at) FROM letter WHERE state = 'sent') AS "lastSent",
      (SELECT coalesce(json_agg(json_build_object('name', name, 'nextAt', next_at, 'startedAt', started_at, 'finishedAt', finished_at,
        'running', coalesce(leased_until > t.now, false), 'error', error) ORDER BY name), '[]') FROM job) AS jobs
    FROM (SELECT clock_timestamp() AS now) t, LATERAL (
      SELECT count(*)::int AS waiting, count(*) FILTER (WHERE next_try_at <= t.now)::int AS due, min(created_at) AS oldest,
        count(*) FILTER (WHERE leased_until > t.now)::int AS leased
      FROM letter WHERE state = 'waiting') w`;
  if (!row) throw new Error("the database gave no row");
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return {
    ...row,
    jobs: row.jobs.map(({ name, nextAt, startedAt, finishedAt, running, error }) => ({
      name: name ?? "",
      nextAt: new Date(nextAt ?? 0),
      startedAt: moment(startedAt),
      finishedAt: moment(finishedAt),
      running: Boolean(running),
      error,
    })),
  };
}
