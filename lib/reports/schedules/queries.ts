import type { Actor } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import { isSystem } from "#lib/people/policy.ts";
import type { ReportFormat } from "#lib/reports/formats.ts";
import type { ReportRequest } from "#lib/reports/request.ts";
import { may } from "./policy.ts";
import type { MeetingDay, Timing } from "./times.ts";

/** What is sent without anybody asking, as managers see it and as the worker goes by it. */

export type Schedule = Timing & {
  id: string;
  portfolioId: string;
  name: string;
  owner: string;
  request: ReportRequest;
  formats: ReportFormat[];
  people: { id: string; name: string; disabled: boolean }[];
  addresses: string[];
  active: boolean;
  madeUntil: Date;
  /** Why the last one could not be made: a message key. */
  error: string | null;
  /** The last one that was made. */
  last: { id: string; title: string; at: string } | null;
  version: number;
};

const columns =
  () => sql`s.id, s.portfolio_id AS "portfolioId", s.name, o.name AS owner, s.request, s.formats, s.every, s.weekday,
  s.month_day AS "monthDay", s.days_before AS "daysBefore", s.hour, s.addresses, s.active, s.made_until AS "madeUntil", s.error, s.version,
  (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'disabled', p.disabled_at IS NOT NULL) ORDER BY fold(p.name)), '[]')
    FROM person p WHERE p.id = ANY(s.person_ids)) AS people,
  (SELECT json_build_object('id', r.id, 'title', r.title, 'at', r.issued_at) FROM report r
    WHERE r.schedule_id = s.id AND r.state = 'issued' ORDER BY r.id DESC LIMIT 1) AS last
  FROM report_schedule s JOIN person o ON o.id = s.owner_id`;

/** All schedules of a portfolio by their names, also those that are switched off. @throws Forbidden */
export async function listSchedules(actor: Actor, portfolioId: string): Promise<Schedule[]> {
  if (!may(actor, "see", portfolioId)) throw new Forbidden();
  return reading(actor)<
    Schedule[]
  >`SELECT ${columns()} WHERE s.portfolio_id = ${portfolioId} ORDER BY fold(s.name), s.id`;
}

/** One schedule; null where the portfolio has none with that id. @throws Forbidden */
export async function getSchedule(actor: Actor, portfolioId: string, id: string): Promise<Schedule | null> {
  if (!may(actor, "see", portfolioId)) throw new Forbidden();
  const [row] = await reading(actor)<
    Schedule[]
  >`SELECT ${columns()} WHERE s.portfolio_id = ${portfolioId} AND s.id::text = ${id}`;
  return row ?? null;
}

/** The schedules that are switched on, of all portfolios: for the worker. @throws Forbidden */
export async function listActive(actor: Actor): Promise<Schedule[]> {
  if (!isSystem(actor)) throw new Forbidden();
  return reading(actor)<Schedule[]>`SELECT ${columns()} WHERE s.active ORDER BY s.id`;
}

/** The meetings of a portfolio whose date is known to the day. */
export async function meetingDays(actor: Actor, portfolioId: string): Promise<MeetingDay[]> {
  return reading(actor)<MeetingDay[]>`
    SELECT key, latest AS day FROM meeting WHERE portfolio_id = ${portfolioId} AND latest = earliest ORDER BY latest, key`;
}

/** What a schedule made for one of its times. Null: nothing yet. */
export async function findMade(actor: Actor, scheduleId: string, occurrence: string): Promise<{ id: string } | null> {
  const [row] = await reading(actor)<{ id: string }[]>`
    SELECT id FROM report WHERE schedule_id = ${scheduleId} AND occurrence = ${occurrence} AND state = 'issued'`;
  return row ?? null;
}
