import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { reading, sql } from "#lib/db.ts";
import { referencePattern } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";
import { planner } from "./planner.ts";
import { may } from "./policy.ts";
import { readSetting, subjectsById } from "./reading.ts";
import type { About } from "./rules.ts";

/** What will be told of one record, and what has been: to the actor, or to everybody for those who may see that. */

/** One thing that one person is or was told. */
export type Told = {
  at: Date;
  about: About;
  milestone: Texts | null;
  /** Null: the actor. */
  to: string | null;
  mail: boolean;
  inApp: boolean;
  /** Taken back before it was sent. */
  dropped: boolean;
};

type RecordPlan = { coming: Told[]; sent: Told[] };

/** So far ahead, and so many of each. */
export const planDays = 90;
const most = 30;

/** Null: no such record for the actor. */
export async function getRecordPlan(
  actor: Actor,
  portfolioId: string,
  reference: string,
  now: Date,
): Promise<RecordPlan | null> {
  if (!referencePattern.test(reference)) return null;
  const [record] = await reading(actor)<{ id: string; milestones: Record<string, Texts> | null }[]>`
    SELECT c.id, (SELECT json_object_agg(m.id, m.title) FROM milestone m WHERE m.commitment_id = c.id) AS milestones
    FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, portfolioId)}`;
  if (!record) return null;
  const everybody = may(actor, "seeAll", portfolioId);
  const titleOf = ({ milestoneId }: About) => record.milestones?.[milestoneId ?? ""] ?? null;
  const [sent, coming] = await Promise.all([
    listSent(actor, record.id, everybody),
    plan(actor, { portfolioId, id: record.id, everybody, now }),
  ]);
  return {
    sent: sent.map((told) => ({ ...told, milestone: titleOf(told.about) })),
    coming: coming.map((told) => ({ ...told, milestone: titleOf(told.about) })),
  };
}

type Untitled = Omit<Told, "milestone">;

function listSent(actor: Actor, id: string, everybody: boolean): Promise<Untitled[]> {
  return reading(actor)<Untitled[]>`
    SELECT coalesce(l.sent_at, r.created_at) AS at, r.about, CASE WHEN p.id <> ${actor.id} THEN p.name END AS to, r.mail,
      r.in_app AS "inApp", r.dropped_at IS NOT NULL AS dropped
    FROM reminder r JOIN person p ON p.id = r.person_id LEFT JOIN letter l ON l.id = r.letter_id
    WHERE r.commitment_id = ${id} ${everybody ? sql`` : sql`AND r.person_id = ${actor.id}`}
    ORDER BY r.created_at DESC, r.id DESC LIMIT ${most}`;
}

type Of = { portfolioId: string; id: string; everybody: boolean; now: Date };

async function plan(actor: Actor, { portfolioId, id, everybody, now }: Of): Promise<Untitled[]> {
  const setting = await readSetting(portfolioId);
  const until = new Date(now.getTime() + planDays * 86_400_000);
  const plans = planner(setting, { after: now, until, at: now });
  const planned = (await subjectsById(setting, [id], now))
    .flatMap(plans.add)
    .filter(({ personId }) => everybody || personId === actor.id);
  const [known, names] = await Promise.all([
    reading(actor)<{ key: string }[]>`
      SELECT concat_ws(',', rule_id, occurrence, person_id) AS key FROM reminder WHERE commitment_id = ${id}`,
    sql<{ id: string; name: string }[]>`
      SELECT id, name FROM person WHERE id = ANY(${[...new Set(planned.map(({ personId }) => personId))]}::uuid[])`,
  ]);
  const told = new Set(known.map(({ key }) => key));
  const nameOf = new Map(names.map((person) => [person.id, person.name]));
  return planned
    .filter(
      ({ ruleId, occurrence, personId }) =>
        !told.has([ruleId, occurrence, personId].filter((part) => part !== null).join()),
    )
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .slice(0, most)
    .map(({ dueAt, about, personId, mail, inApp }) => ({
      at: new Date(Math.max(dueAt.getTime(), now.getTime())),
      about,
      to: personId === actor.id ? null : (nameOf.get(personId) ?? ""),
      mail,
      inApp,
      dropped: false,
    }));
}
