import { addDays, type Day, dayOf, numberOf, today } from "#lib/dates.ts";
import { momentOf } from "#lib/reminders/telling.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";
import type { ReportEvery } from "#prisma/generated/enums.ts";

/** When scheduled reports are due: pure. */

/** Of the three numbers the one that `every` asks for is there. */
export type Timing = {
  every: ReportEvery;
  /** 1 Monday to 7 Sunday. */
  weekday: number | null;
  /** 1 to 31; the last day of a month that is shorter. */
  monthDay: number | null;
  daysBefore: number | null;
  /** 0 to 23. */
  hour: number;
};

/** A meeting whose date is known to the day. */
export type MeetingDay = { key: string; day: Day };

/** One time of many. `name` tells it from the others of its schedule, whenever it is made. */
type Occurrence = { name: string; at: Date };

/** `zone`: an IANA name, whose hour is meant. */
type Setting = { zone: string; meetings: readonly MeetingDay[] };

/** No two times of a weekly or monthly schedule are further apart. */
const longestGap = 32;

/** The next times after a moment, at most `count`. */
export function nextOccurrences(
  timing: Timing,
  { after, count, zone, meetings }: Setting & { after: Date; count: number },
): Occurrence[] {
  const from = numberOf(today(after, zone)) - 1;
  const to = timing.every === "meeting" ? Number.POSITIVE_INFINITY : from + longestGap * (count + 1);
  return between(timing, from, to, { zone, meetings })
    .filter(({ at }) => at > after)
    .slice(0, count);
}

/**
 * The newest time since a moment (that one left out) until now, if there is one: what was missed before it stays missed.
 * What is due before a meeting is due no more once the meeting is past.
 */
export function dueOccurrence(
  timing: Timing,
  { since, now, zone, meetings }: Setting & { since: Date; now: Date },
): Occurrence | null {
  const present = today(now, zone);
  const to = numberOf(present) + 1;
  const from = timing.every === "meeting" ? Number.NEGATIVE_INFINITY : to - longestGap - 1;
  const ahead = meetings.filter(({ day }) => day >= present);
  const due = between(timing, from, to, { zone, meetings: ahead }).filter(({ at }) => at > since && at <= now);
  return due.at(-1) ?? null;
}

/** The times on days of those numbers, in their order. */
function between(timing: Timing, from: number, to: number, { zone, meetings }: Setting): Occurrence[] {
  return daysOf(timing, from, to, meetings)
    .map(({ name, day }) => ({ name, at: new Date(momentOf(day, timing.hour, zone)) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.name < b.name ? -1 : 1));
}

function daysOf(
  { every, weekday, monthDay, daysBefore }: Timing,
  from: number,
  to: number,
  meetings: readonly MeetingDay[],
): { name: string; day: number }[] {
  if (every === "meeting") {
    return meetings
      .map(({ key, day }) => ({ name: `${key} ${day}`, day: numberOf(day) - (daysBefore ?? 0) }))
      .filter(({ day }) => day >= from && day <= to);
  }
  const fits =
    every === "week" ? (day: number) => weekdayOf(day) === weekday : (day: number) => isOf(day, monthDay ?? 1);
  const days: { name: string; day: number }[] = [];
  for (let day = from; day <= to; day++) if (fits(day)) days.push({ name: dayOf(day), day });
  return days;
}

/** Whether a day is that one of its month, or the last of a month which has no such day. */
function isOf(number: number, monthDay: number): boolean {
  const day = dayOf(number);
  const date = Number(day.slice(8));
  return date === monthDay || (date < monthDay && addDays(day, 1).endsWith("-01"));
}
