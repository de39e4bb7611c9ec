import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Changes } from "#lib/change.ts";
import { type Day, isDay } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import { teamZone } from "#lib/team-day.ts";
import { line, uuid } from "#lib/text.ts";
import { may } from "./policy.ts";

/** The whole history, for administrators: every change and every sign-in, newest first. */

const text = (max: number) => line(max).catch("").default("");
const day = z
  .string()
  .refine(isDay)
  .transform((value): Day => value)
  .nullable()
  .catch(null)
  .default(null);

/** The address of the search. What does not fit is left out. */
export const eventFilter = z.object({
  /** Whose doing: a person's id, or "system". */
  actor: z
    .union([uuid, z.literal("system")])
    .nullable()
    .catch(null)
    .default(null),
  verb: z
    .string()
    .regex(/^[a-zA-Z.]{1,80}$/)
    .nullable()
    .catch(null)
    .default(null),
  /** What it was done to, by its id; or a request's id. */
  q: text(100),
  from: day,
  to: day,
  after: z.coerce.number().int().positive().nullable().catch(null).default(null),
});
export type EventFilter = z.output<typeof eventFilter>;

export type AuditEvent = {
  id: number;
  at: Date;
  actorName: string;
  actorId: string | null;
  verb: string;
  subjectType: string;
  subjectId: string;
  /** What people know it by: a reference, a name, a title. */
  subject: string | null;
  /** The register that it belongs to, and where to look at it there, if it has a page. */
  portfolioId: string | null;
  changes: Changes;
  batchId: string | null;
  requestId: string | null;
  sealed: boolean;
};

export const eventsPage = 50;

/** A page of 50 events; `after` is the `next` of the page before. @throws Forbidden */
export async function searchEvents(
  actor: Actor,
  filter: EventFilter,
): Promise<{ events: AuditEvent[]; next: number | null }> {
  if (!may(actor, "search")) throw new Forbidden();
  const events = await reading(actor)<AuditEvent[]>`
    SELECT e.id::int, e.at, e.actor_name AS "actorName", e.actor_id AS "actorId", e.verb, e.subject_type AS "subjectType",
      e.subject_id AS "subjectId", e.portfolio_id AS "portfolioId", e.changes, e.batch_id AS "batchId", e.request_id AS "requestId",
      EXISTS (SELECT FROM audit_seal s WHERE s.event_id = e.id) AS sealed,
      CASE e.subject_type
        WHEN 'commitment' THEN (SELECT reference FROM commitment WHERE id::text = e.subject_id)
        WHEN 'person' THEN (SELECT name FROM person WHERE id::text = e.subject_id)
      END AS subject
    FROM audit_event e WHERE ${matching(filter)} ORDER BY e.id DESC LIMIT ${eventsPage + 1}`;
  const shown = events.slice(0, eventsPage);
  return { events: shown, next: events.length > eventsPage ? (shown.at(-1)?.id ?? null) : null };
}

function matching({ actor, verb, q, from, to, after }: EventFilter): Fragment {
  const all: Fragment[] = [sql`true`];
  if (actor === "system") all.push(sql`e.actor_id IS NULL`);
  else if (actor) all.push(sql`e.actor_id = ${actor}`);
  if (verb) all.push(sql`e.verb = ${verb}`);
  if (q)
    all.push(sql`(e.subject_id = ${q} OR e.request_id = ${q} OR e.batch_id::text = ${q}
      OR (e.subject_type = 'commitment' AND e.subject_id = (SELECT id::text FROM commitment WHERE reference = upper(${q}))))`);
  if (from) all.push(sql`e.at >= (${from}::date::timestamp AT TIME ZONE ${teamZone()})`);
  if (to) all.push(sql`e.at < ((${to}::date + 1)::timestamp AT TIME ZONE ${teamZone()})`);
  if (after) all.push(sql`e.id < ${after}`);
  return all.reduce((some, next) => sql`${some} AND ${next}`);
}

export type Searchable = {
  people: { id: string; name: string }[];
  /** The verbs that are in the history. */
  verbs: string[];
  /** Of the chain: how many events it holds, its end in hex, and how many wait to be put in. */
  sealed: number;
  hash: string | null;
};

/** What a search can be narrowed to, and how far the chain has come. @throws Forbidden */
export async function getSearchable(actor: Actor): Promise<Searchable> {
  if (!may(actor, "search")) throw new Forbidden();
  const [people, verbs, [head]] = await Promise.all([
    sql<{ id: string; name: string }[]>`SELECT id, name FROM person WHERE NOT demo ORDER BY fold(name), id LIMIT 1000`,
    // Jumps from each verb to the next in the index, instead of reading every event.
    reading(actor)<{ verb: string }[]>`
      WITH RECURSIVE v (verb) AS (
        SELECT min(verb) FROM audit_event
        UNION ALL SELECT (SELECT min(e.verb) FROM audit_event e WHERE e.verb > v.verb) FROM v WHERE v.verb IS NOT NULL)
      SELECT verb FROM v WHERE verb IS NOT NULL`,
    sql<{ position: number; hash: string }[]>`
      SELECT position::int, encode(hash, 'hex') AS hash FROM audit_seal ORDER BY position DESC LIMIT 1`,
  ]);
  return { people, verbs: verbs.map(({ verb }) => verb), sealed: head?.position ?? 0, hash: head?.hash ?? null };
}
