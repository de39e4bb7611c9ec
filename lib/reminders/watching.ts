import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Changes, Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { type Day, isDay, today as todayIn } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { RuleBroken } from "#lib/errors.ts";
import { referencePattern } from "#lib/paths.ts";
import { teamZone } from "#lib/team-day.ts";
import { type Texts, uuid } from "#lib/text.ts";
import { seenBy } from "#lib/views/policy.ts";
import { snoozeDays } from "./days.ts";

/** What a person wants to hear of beyond what the rules say, and what not: each for themselves, whatever their role. */

const forOneself = (actor: Actor) => actor.id !== null;

const ofPerson = ({ actor }: Context, changes: Changes) => ({
  type: "person" as const,
  id: actor.id ?? "",
  portfolioId: null,
  changes,
});

const recordInput = z.strictObject({ commitmentId: uuid });
const viewInput = z.strictObject({ viewId: uuid });

const loadRecord = ({ tx }: Context, { commitmentId }: { commitmentId: string }) =>
  tx.commitment.findUnique({ where: { id: commitmentId }, select: { id: true, portfolioId: true } });

/** From now on the actor hears of the record. Who had silenced it has changed their mind. */
export const watchRecord = command({
  verb: "watch.record",
  input: recordInput,
  load: loadRecord,
  allow: forOneself,
  run: async (context, { id: commitmentId }) => {
    const personId = context.actor.id ?? "";
    const { count } = await context.tx.watch.createMany({
      data: [{ personId, commitmentId, createdAt: context.now }],
      skipDuplicates: true,
    });
    const muted = await endMute(context, commitmentId);
    const changes: Changes = { ...(count > 0 && { watch: [null, commitmentId] as const }), ...muted };
    return { changed: [ofPerson(context, changes)], result: undefined };
  },
});

/** So many views one person watches: each is asked of the database whenever reminders are planned. */
export const watchedViewsMost = 50;

/** From now on the actor hears of all that a saved view shows: one of their own, or one that is shared. */
export const watchView = command({
  verb: "watch.view",
  input: viewInput,
  load: ({ tx, actor }, { viewId }) =>
    tx.savedView.findFirst({
      where: { id: viewId, ...seenBy(actor) },
      select: { id: true, portfolioId: true },
    }),
  allow: forOneself,
  run: async (context, { id: viewId }) => {
    const personId = context.actor.id ?? "";
    if ((await context.tx.watch.count({ where: { personId, viewId: { not: null } } })) >= watchedViewsMost)
      throw new RuleBroken("watching.errors.tooMany");
    const { count } = await context.tx.watch.createMany({
      data: [{ personId, viewId, createdAt: context.now }],
      skipDuplicates: true,
    });
    return { changed: [ofPerson(context, count > 0 ? { watchView: [null, viewId] } : {})], result: undefined };
  },
});

/** Ends the actor's watch of a record or of a view. */
export const unwatch = command({
  verb: "watch.end",
  input: z.union([recordInput, viewInput], { error: "errors.id" }),
  load: ({ tx, actor }, what) =>
    actor.id ? tx.watch.findFirst({ where: { personId: actor.id, ...what } }) : Promise.resolve(null),
  allow: (actor, watch) => watch.personId === actor.id,
  run: async (context, { id, commitmentId, viewId }) => {
    await context.tx.watch.delete({ where: { id } });
    const changes: Changes = commitmentId ? { watch: [commitmentId, null] } : { watchView: [viewId, null] };
    return { changed: [ofPerson(context, changes)], result: undefined };
  },
});

/** Nothing of the record for the actor any more, until they change their mind. */
export const mute = command({
  verb: "mute.set",
  input: recordInput,
  load: loadRecord,
  allow: forOneself,
  run: (context, { id }) => setMute(context, id, null),
});

/** Nothing of the record until a day; on that day the actor is reminded if it is still open. */
export const snooze = command({
  verb: "mute.snooze",
  input: recordInput.extend({ until: z.string({ error: "errors.date.notDay" }).refine(isDay, "errors.date.notDay") }),
  load: loadRecord,
  allow: forOneself,
  run: async (context, { id }, { until }) => {
    const today = await ownToday(context);
    if (until <= today) throw new RuleBroken("watching.errors.past");
    if (until > snoozeDays(today).last) throw new RuleBroken("watching.errors.far");
    return setMute(context, id, until);
  },
});

/** The actor hears of the record again. */
export const unmute = command({
  verb: "mute.end",
  input: recordInput,
  load: ({ tx, actor }, { commitmentId }) =>
    actor.id ? tx.mute.findFirst({ where: { personId: actor.id, commitmentId } }) : Promise.resolve(null),
  allow: (actor, found) => found.personId === actor.id,
  run: async (context, { commitmentId }) => ({
    changed: [ofPerson(context, await endMute(context, commitmentId))],
    result: undefined,
  }),
});

async function setMute(context: Context, commitmentId: string, until: Day | null) {
  const { tx, now } = context;
  const personId = context.actor.id ?? "";
  const key = { personId_commitmentId: { personId, commitmentId } };
  const before = await tx.mute.findUnique({ where: key });
  const stands = before && shown(commitmentId, before.until);
  const day = until === null ? null : asDate(until);
  const wanted = shown(commitmentId, day);
  if (stands && stands.until === wanted.until) return { changed: [], result: undefined };
  const data = { until: day, createdAt: now };
  await tx.mute.upsert({ where: key, create: { personId, commitmentId, ...data }, update: data });
  return { changed: [ofPerson(context, { mute: [stands, wanted] })], result: undefined };
}

async function endMute({ tx, actor }: Context, commitmentId: string): Promise<Changes> {
  const found = await tx.mute.findFirst({ where: { personId: actor.id ?? "", commitmentId } });
  if (!found) return {};
  await tx.mute.deleteMany({ where: { personId: found.personId, commitmentId } });
  return { mute: [shown(commitmentId, found.until), null] };
}

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);
const shown = (commitmentId: string, until: Date | null) => ({
  commitmentId,
  until: until?.toISOString().slice(0, 10) ?? null,
});

/** The calendar day where the actor is. */
async function ownToday({ tx, actor, now }: Context): Promise<Day> {
  const found = await tx.reminderPreference.findUnique({
    where: { personId: actor.id ?? "" },
    select: { timeZone: true },
  });
  return todayIn(now, found?.timeZone ?? teamZone());
}

export type WatchedRecord = { commitmentId: string; portfolioId: string; reference: string; title: Texts };
type WatchedView = { viewId: string; portfolioId: string; name: string; query: string };
export type Muted = WatchedRecord & { until: Day | null };
type OwnWatches = { records: WatchedRecord[]; views: WatchedView[]; muted: Muted[] };

/** So many of each are listed. */
const most = 500;

/** What the actor watches and has silenced, each in the order of references. A snooze that is over is none. */
export async function listOwnWatches(actor: Actor, today: Day): Promise<OwnWatches> {
  const record = sql`c.id AS "commitmentId", c.portfolio_id AS "portfolioId", c.reference, c.title`;
  const [row] = await reading(actor)<OwnWatches[]>`SELECT
    (SELECT coalesce(json_agg(r), '[]') FROM (
      SELECT ${record} FROM watch w JOIN commitment c ON c.id = w.commitment_id
      WHERE w.person_id = ${actor.id} AND ${visibleTo(actor, null)} ORDER BY c.portfolio_id, c.number LIMIT ${most}) r) AS records,
    (SELECT coalesce(json_agg(r), '[]') FROM (
      SELECT v.id AS "viewId", v.portfolio_id AS "portfolioId", v.name, v.query FROM watch w JOIN saved_view v ON v.id = w.view_id
      WHERE w.person_id = ${actor.id} AND (v.shared OR v.owner_id = ${actor.id}) ORDER BY fold(v.name), v.id LIMIT ${most}) r) AS views,
    (SELECT coalesce(json_agg(r), '[]') FROM (
      SELECT ${record}, m.until FROM mute m JOIN commitment c ON c.id = m.commitment_id
      WHERE m.person_id = ${actor.id} AND (m.until IS NULL OR m.until > ${today}) AND ${visibleTo(actor, null)}
      ORDER BY m.until NULLS LAST, c.portfolio_id, c.number LIMIT ${most}) r) AS muted`;
  return row ?? { records: [], views: [], muted: [] };
}

/** How the actor stands to a record: what its page says of reminders. */
export type RecordWatch = { watching: boolean; mute: { until: Day | null } | null; unread: boolean };

/** Null: no such record for the actor, or nobody who could watch. */
export async function getRecordWatch(
  actor: Actor,
  portfolioId: string,
  reference: string,
  today: Day,
): Promise<RecordWatch | null> {
  if (actor.id === null || !referencePattern.test(reference)) return null;
  const [row] = await reading(actor)<RecordWatch[]>`
    SELECT EXISTS (SELECT FROM watch w WHERE w.person_id = ${actor.id} AND w.commitment_id = c.id) AS watching,
      (SELECT json_build_object('until', m.until) FROM mute m
        WHERE m.person_id = ${actor.id} AND m.commitment_id = c.id AND (m.until IS NULL OR m.until > ${today})) AS mute,
      EXISTS (SELECT FROM reminder r WHERE r.person_id = ${actor.id} AND r.commitment_id = c.id
        AND r.in_app AND r.read_at IS NULL AND r.done_at IS NULL) AS unread
    FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, portfolioId)}`;
  return row ?? null;
}
