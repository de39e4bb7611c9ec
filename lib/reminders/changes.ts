import { z } from "zod";
import { systemActor } from "#lib/actor.ts";
import type { Changes, Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { numberOf, today } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { isSystem } from "#lib/people/policy.ts";
import { silences } from "./planner.ts";
import { insertReminders } from "./planning.ts";
import { readSetting, subjectsById } from "./reading.ts";
import type { ChangeKind, Holidays, Mute, Person, Planned, Subject } from "./rules.ts";
import { telling } from "./telling.ts";
import { daysOff } from "./window.ts";

/**
 * What others did to records that somebody watches becomes reminders. The history is read once, from a watermark on; the
 * first run of all begins with what comes after it.
 */

/** Reads on in the history. `more`: there is more of it than one run reads. Safe to run again, and by several at once. */
export function noticeChanges(now: Date): Promise<{ added: number; more: boolean }> {
  return recordChanges(systemActor("worker"), {}, { now });
}

const job = "changes";
/** So many entries of the history a run. */
const most = 20_000;

const recordChanges = command({
  verb: "reminders.recordChanges",
  input: z.strictObject({}),
  locks: true,
  load: async ({ tx }) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${job}))::text`;
    await tx.$executeRaw`INSERT INTO job (name) VALUES (${job}) ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{ read: unknown }[]>`SELECT state->'read' AS read FROM job WHERE name = ${job}`;
    return { read: readShape.safeParse(row?.read).data ?? null };
  },
  allow: isSystem,
  run: async (context, { read }) => {
    const { entries, read: next, more } = read ? await readOn(read, context.now) : await begin();
    let added = 0;
    for (const [portfolioId, some] of Map.groupBy(entries, (entry) => entry.portfolioId))
      added += await tell(context, portfolioId, some);
    await context.tx.$executeRaw`
      UPDATE job SET state = state || jsonb_build_object('read', ${JSON.stringify(next)}::jsonb) WHERE name = ${job}`;
    return { changed: [], result: { added, more } };
  },
});

/**
 * How far the history is read. Entries get their numbers before their transaction commits, so a lower one may appear after
 * a higher one: what was missing is asked for again for a while.
 */
const readShape = z.object({
  upTo: z.coerce.bigint().transform(String),
  missing: z.array(
    z.object({ from: z.coerce.bigint().transform(String), to: z.coerce.bigint().transform(String), since: z.string() }),
  ),
});
type Read = z.output<typeof readShape>;

/** Longer than any transaction of ours lives; a number that is missing then was rolled back. */
const patience = 15 * 60_000;
const missingMost = 1000;

type Entry = {
  id: string;
  portfolioId: string;
  commitmentId: string;
  actorId: string | null;
  actorName: string;
  kind: ChangeKind;
};
type Row = Omit<Entry, "commitmentId" | "kind"> & { subjectId: string; verb: string; changes: Changes | null };

async function begin(): Promise<{ entries: Entry[]; read: Read; more: boolean }> {
  const [row] = await reading(systemActor("worker"))<
    { id: string }[]
  >`SELECT coalesce(max(id), 0)::text AS id FROM audit_event`;
  return { entries: [], read: { upTo: row?.id ?? "0", missing: [] }, more: false };
}

async function readOn(read: Read, now: Date): Promise<{ entries: Entry[]; read: Read; more: boolean }> {
  const told = sql`a.id::text, a.portfolio_id AS "portfolioId", a.subject_id AS "subjectId", a.actor_id AS "actorId", a.actor_name AS "actorName",
    a.verb, CASE WHEN a.subject_type = 'commitment' AND a.changes ?| ${fields} THEN a.changes END AS changes`;
  const { missing, upTo } = read;
  const late = missing.length
    ? sql`SELECT ${told}, a.id AS place FROM unnest(${missing.map(({ from }) => from)}::bigint[], ${missing.map(({ to }) => to)}::bigint[]) AS g (first, last)
        JOIN audit_event a ON a.id BETWEEN g.first AND g.last UNION ALL`
    : sql``;
  const rows = await reading(systemActor("worker"))<Row[]>`SELECT * FROM (${late}
    (SELECT ${told}, a.id AS place FROM audit_event a WHERE a.id > ${upTo}::bigint ORDER BY a.id LIMIT ${most})) found ORDER BY place`;
  const ids = rows.map(({ id }) => BigInt(id));
  const last = ids.at(-1) ?? 0n;
  return {
    entries: rows.flatMap(entriesOf),
    read: { upTo: String(last > BigInt(upTo) ? last : BigInt(upTo)), missing: stillMissing(read, ids, now) },
    more: rows.length >= most,
  };
}

/** Which numbers are neither among those read nor given up by now. */
function stillMissing({ upTo, missing }: Read, ids: readonly bigint[], now: Date): Read["missing"] {
  const waited = missing.filter(({ since }) => now.getTime() - Date.parse(since) < patience);
  const open = waited.map(({ from, to, since }) => ({ from: BigInt(from), to: BigInt(to), since }));
  const last = ids.at(-1) ?? 0n;
  if (last > BigInt(upTo)) open.push({ from: BigInt(upTo) + 1n, to: last, since: now.toISOString() });
  const found = open.flatMap(({ from, to, since }) => {
    const parts: { from: bigint; to: bigint; since: string }[] = [];
    let next = from;
    for (const id of ids) {
      if (id < next || id > to) continue;
      if (id > next) parts.push({ from: next, to: id - 1n, since });
      next = id + 1n;
    }
    if (next <= to) parts.push({ from: next, to, since });
    return parts;
  });
  return found.slice(-missingMost).map(({ from, to, since }) => ({ from: String(from), to: String(to), since }));
}

/** The fields of the history that say one of the things that are told. */
const fields = ["owner", "deadline", "report", "completion", "predecessorId"];

/** What an entry says that is told, and of which record. */
function entriesOf({ subjectId, verb, changes, ...row }: Row): Entry[] {
  if (changes === null || verb === "commitment.delete") return [];
  const successor = changes.predecessorId?.[1];
  const kinds = verb === "commitment.create" ? [] : kindsOf(verb, changes);
  return [
    ...kinds.map((kind) => ({ ...row, commitmentId: subjectId, kind })),
    ...(typeof successor === "string" ? [{ ...row, commitmentId: successor, kind: "succeeded" as const }] : []),
  ];
}

function kindsOf(verb: string, { owner, deadline, report, completion }: Changes): ChangeKind[] {
  const kinds: ChangeKind[] = [];
  if (owner) kinds.push("owner");
  if (deadline) kinds.push("deadline");
  const to = completion?.[1];
  if (to === "complete") kinds.push("completed");
  else if (to === "withdrawn" || to === "superseded") kinds.push(to);
  else if (verb === "commitment.reopen") kinds.push("reopened");
  else if (report || completion) kinds.push("report");
  return kinds;
}

/** Tells those who watch the records, and new owners: of one record and run, each person once, and never of what they did. */
async function tell(context: Context, portfolioId: string, entries: readonly Entry[]): Promise<number> {
  const { now } = context;
  const byRecord = Map.groupBy(entries, ({ commitmentId }) => commitmentId);
  const setting = await readSetting(portfolioId);
  const subjects = await subjectsById({ ...setting, rules: [] }, [...byRecord.keys()], now);
  const people = new Map(setting.people.map((person) => [person.id, person]));
  // Also of what is closed by now, which the planner need not know.
  const mutes = await reading(context.actor)<Mute[]>`
    SELECT person_id AS "personId", commitment_id AS "commitmentId", until FROM mute WHERE commitment_id = ANY(${[...byRecord.keys()]}::uuid[])`;
  const mutesOf = Map.groupBy(mutes, ({ commitmentId }) => commitmentId);
  const planned = subjects.flatMap((subject) => {
    const some = byRecord.get(subject.id) ?? [];
    return [...toldOf(subject, some)].flatMap(([personId, theirs]) => {
      const person = people.get(personId);
      if (!person || !(person.mail || person.inApp)) return [];
      const day = numberOf(today(now, person.timeZone));
      if (mutesOf.get(subject.id)?.some((mute) => silences(mute, personId, day))) return [];
      return [reminderOf(person, subject, theirs, { now, holidays: setting.holidays })];
    });
  });
  return insertReminders(context, portfolioId, planned);
}

/** Who is told of a record, and of which entries. */
function toldOf({ ownerId, watcherIds }: Subject, entries: readonly Entry[]): Map<string, Entry[]> {
  const told = new Map<string, Entry[]>();
  const add = (personId: string, some: readonly Entry[]) => {
    const others = some.filter(({ actorId }) => actorId !== personId);
    if (others.length > 0 && !told.has(personId)) told.set(personId, others);
  };
  for (const watcher of watcherIds) add(watcher, entries);
  const given = entries.filter(({ kind }) => kind === "owner");
  if (ownerId !== null) add(ownerId, given);
  return told;
}

type When = { now: Date; holidays: Holidays };

function reminderOf(person: Person, { id }: Subject, entries: readonly Entry[], when: When): Planned {
  const eventId = entries.at(-1)?.id ?? "";
  const day = today(when.now, person.timeZone);
  return {
    commitmentId: id,
    ruleId: null,
    occurrence: `change:${eventId}`,
    personId: person.id,
    topic: "attention",
    day,
    dueAt: letterAfter(person, numberOf(day), when),
    about: {
      kind: "change",
      date: null,
      edtf: null,
      offset: null,
      eventId,
      changes: [...new Set(entries.map(({ kind }) => kind))],
      by: [...new Set(entries.map(({ actorName }) => actorName))].slice(0, 3),
    },
    mail: person.mail,
    inApp: person.inApp,
  };
}

/** At once for who wants it so, else with the person's next letter. The inbox has it at once in any case. */
function letterAfter(person: Person, day: number, { now, holidays }: When): Date {
  if (person.frequency === "immediately") return now;
  const tell = telling(person, daysOff(holidays, person.countries));
  const [first, next] = [tell(day, false), tell(day + 1, false)];
  return new Date(first.at > now.getTime() ? first.at : next.at);
}
