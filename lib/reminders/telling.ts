import type { Person } from "./rules.ts";
import { weekdayOf } from "./working-days.ts";

/** What of a person's wishes says when they are told. Who wishes the same shares the answer. */
type Habits = Pick<Person, "timeZone" | "hour" | "days" | "countries" | "frequency" | "weekday">;

/** The calendar day on which a person is told, where they live, and the moment. */
export type Told = { day: number; at: number };

/** On which day and at which moment something is told that falls on a day. `ahead`: it must not come after that day. */
export type Telling = (day: number, ahead: boolean) => Told;

/** If nobody opens letters for so many days, something is told on its day. */
export const searchDays = 60;

/**
 * When a person is told: on the last day for letters until the day, so that a weekend or a weekly digest never makes it
 * late; what is no deadline ahead waits for the next one.
 */
export function telling(habits: Habits, holidays: ReadonlySet<number>): Telling {
  const { timeZone, hour, days, frequency, weekday } = habits;
  const opens = (day: number) =>
    frequency === "weekly" ? weekdayOf(day) === weekday : days.includes(weekdayOf(day)) && !holidays.has(day);
  const moments = new Map<number, number>();
  return (day, ahead) => {
    let told = day;
    for (let away = 0; away <= searchDays; away++) {
      const letter = ahead ? day - away : day + away;
      if (!opens(letter)) continue;
      told = letter;
      break;
    }
    let at = moments.get(told);
    if (at === undefined) {
      at = momentOf(told, hour, timeZone);
      moments.set(told, at);
    }
    return { day: told, at };
  };
}

/** A key that is the same for those who wish the same. */
export function habitsKey({ timeZone, hour, days, countries, frequency, weekday }: Habits): string {
  const when = frequency === "weekly" ? weekday : `${[...days].sort().join("")} ${[...countries].sort().join()}`;
  return `${timeZone} ${hour} ${when} ${frequency === "weekly"}`;
}

const hourLength = 3_600_000;
const dayLength = 24 * hourLength;

/**
 * The moment of a full hour of a calendar day in a time zone (IANA name). Where the clocks jump over it, the reading after
 * the jump, as late as it was to be; where they show it twice, the first time.
 */
export function momentOf(day: number, hour: number, timeZone: string): number {
  const local = day * dayLength + hour * hourLength;
  const before = local - offsetAt(local - dayLength, timeZone);
  if (offsetAt(before, timeZone) === local - before) return before;
  const after = local - offsetAt(local + dayLength, timeZone);
  return offsetAt(after, timeZone) === local - after ? after : before;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By how much a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    clocks.set(timeZone, clock);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of clock.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
