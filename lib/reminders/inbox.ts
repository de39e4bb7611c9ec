import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { type Texts, uuid } from "#lib/text.ts";
import type { Completion, Lifecycle, Topic } from "#prisma/generated/enums.ts";
import type { About } from "./rules.ts";
import { snooze, unmute } from "./watching.ts";

/**
 * A person's inbox: their reminders, a record once however many there are of it. It is the same as their letters tell, at
 * once. Reading and doing away with it are nobody else's business: they change nothing of the register and leave no history.
 */

/** One record, or one list of records, of which the person is reminded. */
export type InboxItem = {
  /** The record's id, or of a list the reminder's. */
  key: string;
  portfolioId: string;
  /** The most urgent of its reminders' topics. */
  topic: Topic;
  unread: boolean;
  /** Null for a list. */
  record: {
    id: string;
    reference: string;
    title: Texts;
    completion: Completion;
    lifecycle: Lifecycle | null;
    latest: Day | null;
    owner: { id: string; name: string; agencyId: string | null } | null;
  } | null;
  /** The newest first, five at most; `more` counts the rest. */
  reminders: {
    id: string;
    about: About;
    topic: Topic;
    day: Day;
    at: string;
    milestone: Texts | null;
    /** Of a list: what its rule looks at, as the register's address says it. */
    query: string | null;
  }[];
  more: number;
};

type InboxPage = { items: InboxItem[]; next: string | null };

export const inboxPage = 50;

/** The bar's number stops here: "99+". */
const unreadMost = 100;

const shownOf = 5;

/** What stands in the actor's inbox, as a condition on `reminder r` and, where it has one, its `commitment c`. */
const mine = (actor: Actor): Fragment =>
  sql`r.person_id = ${actor.id} AND r.in_app AND r.done_at IS NULL AND r.dropped_at IS NULL
    AND (r.commitment_id IS NULL OR ${visibleTo(actor, null)})`;

/** A page of the inbox: the most urgent topic first, and within it the newest. `after`: the `next` of the page before. */
export async function listInbox(actor: Actor, after = ""): Promise<InboxPage> {
  const from = placeOf(after);
  const beyond = from
    ? sql`WHERE topic > ${from.topic}::"Topic" OR (topic = ${from.topic}::"Topic" AND (at < ${from.at}::text::timestamptz
        OR (at = ${from.at}::text::timestamptz AND key > ${from.key}::uuid)))`
    : sql``;
  const rows = await reading(actor)<(InboxItem & { at: string })[]>`
    WITH items AS (
      SELECT coalesce(r.commitment_id, r.id) AS key, min(r.topic) AS topic, max(r.created_at) AS at,
        bool_or(r.read_at IS NULL) AS unread, count(*)::int AS count
      FROM reminder r LEFT JOIN commitment c ON c.id = r.commitment_id WHERE ${mine(actor)} GROUP BY 1),
    page AS MATERIALIZED (SELECT * FROM items ${beyond} ORDER BY topic, at DESC, key LIMIT ${inboxPage + 1})
    SELECT page.key, page.topic, page.at::text AS at, page.unread, greatest(page.count - ${shownOf}::int, 0) AS more,
      newest.portfolio AS "portfolioId", newest.reminders,
      CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'reference', c.reference, 'title', c.title,
        'completion', c.completion, 'lifecycle', c.lifecycle, 'latest', c.deadline_latest,
        'owner', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name, 'agencyId', o.agency_id) END) END AS record
    FROM page LEFT JOIN commitment c ON c.id = page.key LEFT JOIN person o ON o.id = c.owner_id
    CROSS JOIN LATERAL (
      SELECT min(n.portfolio_id) AS portfolio, json_agg(json_build_object('id', n.id, 'about', n.about, 'topic', n.topic,
        'day', n.day, 'at', n.created_at, 'query', CASE WHEN n.commitment_id IS NULL THEN u.query END,
        'milestone', (SELECT m.title FROM milestone m WHERE m.id = (n.about->>'milestoneId')::uuid)) ORDER BY n.created_at DESC, n.day DESC, n.id DESC) AS reminders
      FROM (SELECT r.* FROM reminder r WHERE r.person_id = ${actor.id} AND r.in_app AND r.done_at IS NULL AND r.dropped_at IS NULL
        AND (r.commitment_id = page.key OR (r.commitment_id IS NULL AND r.id = page.key)) ORDER BY r.created_at DESC, r.day DESC, r.id DESC LIMIT ${shownOf}) n
        LEFT JOIN reminder_rule u ON u.id = n.rule_id) newest
    ORDER BY page.topic, page.at DESC, page.key`;
  const last = rows.length > inboxPage ? rows[inboxPage - 1] : undefined;
  return {
    items: rows.slice(0, inboxPage).map(({ at: _at, ...item }) => item),
    next: last ? Buffer.from(JSON.stringify([last.topic, last.at, last.key])).toString("base64url") : null,
  };
}

const placeShape = z.tuple([
  z.enum(["overdue", "due_soon", "stale", "attention"]),
  z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])-([01]\d|2[0-8]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?[+-]\d\d(:[0-5]\d)?$/),
  z.uuid(),
]);

/** A cursor comes from the address: one that is none begins at the beginning. */
function placeOf(text: string): { topic: Topic; at: string; key: string } | null {
  try {
    const [topic, at, key] = placeShape.parse(JSON.parse(Buffer.from(text.slice(0, 400), "base64url").toString()));
    return { topic, at, key };
  } catch {
    return null;
  }
}

/** How many of the inbox's items the actor has not read, counted up to `unreadMost`. */
export async function countUnread(actor: Actor): Promise<number> {
  if (actor.id === null) return 0;
  const [row] = await reading(actor)<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT DISTINCT coalesce(r.commitment_id, r.id) FROM reminder r LEFT JOIN commitment c ON c.id = r.commitment_id
      WHERE ${mine(actor)} AND r.read_at IS NULL LIMIT ${unreadMost}) items`;
  return row?.count ?? 0;
}

const forOneself = (actor: Actor) => actor.id !== null;

/** An item: a record, or a reminder that is a list. */
const itemInput = z.union([z.strictObject({ commitmentId: uuid }), z.strictObject({ reminderId: uuid })], {
  error: "errors.id",
});
type Which = z.output<typeof itemInput>;

/** The actor's reminders of an item that are still to be done. Of what is not theirs, none. */
const remindersOf = ({ tx, actor }: Context, which: Which) =>
  tx.reminder.findMany({
    where: {
      personId: actor.id ?? "",
      inApp: true,
      doneAt: null,
      ...("commitmentId" in which ? which : { id: which.reminderId, commitmentId: null }),
    },
    select: { id: true, readAt: true },
  });

/** Seen: it no longer counts as unread. */
export const markRead = command({
  verb: "inbox.read",
  input: itemInput,
  load: async (context, which) => (context.actor.id ? remindersOf(context, which) : null),
  allow: forOneself,
  run: async ({ tx, now }, found) => {
    const unread = found.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (unread.length > 0) await tx.reminder.updateMany({ where: { id: { in: unread } }, data: { readAt: now } });
    return { changed: [], result: { read: unread.length } };
  },
});

/** All that is in the inbox by now is seen. */
export const markAllRead = command({
  verb: "inbox.readAll",
  input: z.strictObject({}),
  load: async ({ actor }) => (actor.id ? { personId: actor.id } : null),
  allow: forOneself,
  run: async ({ tx, now }, { personId }) => {
    const { count } = await tx.reminder.updateMany({
      where: { personId, inApp: true, readAt: null, doneAt: null },
      data: { readAt: now },
    });
    return { changed: [], result: { read: count } };
  },
});

/** Done with: out of the inbox, until there is something new of it. `ids`: what `restore` takes to undo it. */
export const markDone = command({
  verb: "inbox.done",
  input: itemInput,
  load: async (context, which) => (context.actor.id ? remindersOf(context, which) : null),
  allow: forOneself,
  run: async (context, found) => ({ changed: [], result: await finish(context, found) }),
});

/** Out of the inbox until a day: see `snooze` in watching.ts. */
export const snoozeItem = command({
  verb: "inbox.snooze",
  input: snooze.input,
  load: async (context, { commitmentId }) => (context.actor.id ? remindersOf(context, { commitmentId }) : null),
  allow: forOneself,
  run: async (context, found, input) => {
    await snooze.within(context, input);
    return { changed: [], result: await finish(context, found) };
  },
});

/** Takes `markDone` or `snoozeItem` back. */
export const restore = command({
  verb: "inbox.restore",
  input: z.strictObject({ ids: z.array(uuid).max(1000, "errors.tooMany"), snoozed: uuid.nullable() }),
  load: async ({ actor }) => (actor.id ? { personId: actor.id } : null),
  allow: forOneself,
  run: async (context, { personId }, { ids, snoozed }) => {
    if (snoozed && (await context.tx.mute.count({ where: { personId, commitmentId: snoozed } })) > 0)
      await unmute.within(context, { commitmentId: snoozed });
    await context.tx.reminder.updateMany({ where: { id: { in: ids }, personId }, data: { doneAt: null } });
    return { changed: [], result: undefined };
  },
});

async function finish({ tx, now }: Context, found: readonly { id: string; readAt: Date | null }[]) {
  const ids = found.map(({ id }) => id);
  await tx.reminder.updateMany({ where: { id: { in: ids } }, data: { doneAt: now } });
  const unread = found.filter(({ readAt }) => readAt === null).map(({ id }) => id);
  if (unread.length > 0) await tx.reminder.updateMany({ where: { id: { in: unread } }, data: { readAt: now } });
  return { ids };
}
