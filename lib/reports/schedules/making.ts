import { type Actor, systemActor } from "#lib/actor.ts";
import { Forbidden, isAway, KeptError, NotFound, reasonOf, Unavailable } from "#lib/errors.ts";
import { format } from "#lib/i18n/format.ts";
import { log } from "#lib/log.ts";
import { isMember } from "#lib/portfolios/policy.ts";
import { buildReport } from "#lib/reports/build.ts";
import { toFile } from "#lib/reports/files.ts";
import { issueScheduled } from "#lib/reports/issuing.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { slugOf } from "#lib/text.ts";
import { noteFailure, sendScheduled, sendTrial } from "./commands.ts";
import { may } from "./policy.ts";
import { findMade, getSchedule, listActive, meetingDays, type Schedule } from "./queries.ts";
import { dueOccurrence } from "./times.ts";

/** Scheduled reports as the worker makes them. */

type Setting = { publicUrl: string; domain: string };

/** In whose name they are made and issued: it stands on paper. */
const maker = systemActor("Kept");

/**
 * Makes what is due: each time once, the newest alone where several were missed. One that fails holds no other up, and is
 * tried again.
 */
export async function makeDue(actor: Actor, setting: Setting, now: Date): Promise<{ made: number; failed: number }> {
  let [made, failed] = [0, 0];
  for (const schedule of await listActive(actor)) {
    try {
      if (await makeOne(actor, schedule, setting, now)) made += 1;
    } catch (error) {
      if (error instanceof Unavailable || isAway(error)) throw error;
      if (!(error instanceof KeptError))
        log.error({ err: error, schedule: schedule.id }, "A scheduled report could not be made.");
      failed += 1;
      await noteFailure(actor, { id: schedule.id, error: reasonOf(error) }, { now });
    }
  }
  return { made, failed };
}

async function makeOne(actor: Actor, schedule: Schedule, { publicUrl, domain }: Setting, now: Date): Promise<boolean> {
  const { id, portfolioId, name, request, madeUntil } = schedule;
  const meetings = schedule.every === "meeting" ? await meetingDays(actor, portfolioId) : [];
  const due = dueOccurrence(schedule, { since: madeUntil, now, zone: teamZone(), meetings });
  if (!due) return false;
  // A worker that died before the letters were there left its report.
  const report =
    (await findMade(actor, id, due.name)) ??
    (await issueScheduled(
      maker,
      { portfolioId, request, scheduleId: id, occurrence: due.name, title: titleOf(name, request.locale, now) },
      { now, origin: publicUrl },
    ));
  await sendScheduled(actor, { id, reportId: report.id, madeUntil: due.at, domain }, { now });
  return true;
}

/** What a schedule's report of today is called. */
export const titleOf = (name: string, locale: Schedule["request"]["locale"], now: Date): string =>
  `${name}, ${format(locale).date(teamToday(now))}`;

type Trying = Setting & { now: Date; signal: AbortSignal; progress: (done: number, total: number) => void };

/**
 * Makes what a schedule would send now, and sends it to who tries it alone. Nothing is issued.
 * @throws NotFound, Forbidden, InvalidInput
 */
export async function tryScheduled(
  actor: Actor,
  { portfolioId, scheduleId }: { portfolioId: string; scheduleId: string },
  { publicUrl, domain, now, signal, progress }: Trying,
): Promise<void> {
  if (!isMember(actor, portfolioId)) throw new NotFound();
  if (actor.id === null || !may(actor, "try", portfolioId)) throw new Forbidden();
  const schedule = await getSchedule(actor, portfolioId, scheduleId);
  if (!schedule) throw new NotFound();
  const total = schedule.formats.length + 1;
  progress(0, total);
  const { document, request } = await buildReport(actor, schedule.request, { portfolioId, now });
  const title = titleOf(schedule.name, request.locale, now);
  const files = [];
  for (const [at, as] of schedule.formats.entries()) {
    signal.throwIfAborted();
    progress(at + 1, total);
    const { bytes, type, extension } = await toFile({ ...document, title }, as, { origin: publicUrl, at: now });
    files.push({ name: `${slugOf(title) || "report"}.${extension}`, type, bytes });
  }
  signal.throwIfAborted();
  await sendTrial(systemActor("worker"), { id: scheduleId, personId: actor.id, domain, files }, { now });
}
