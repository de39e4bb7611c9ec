import { addDays, type Day, dayOf, numberOf } from "#lib/dates.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";

/** The months around a day: pure. */

/** The first and the last day of a month, `YYYY-MM`. */
export function daysOfMonth(month: string): { from: Day; to: Day } {
  const [year = 1, number = 1] = month.split("-").map(Number);
  return { from: `${month}-01`, to: addDays(`${shifted(year, number, 1)}-01`, -1) };
}

/** The month that is so many after another; negative for before. */
export function monthAfter(month: string, by: number): string {
  const [year = 1, number = 1] = month.split("-").map(Number);
  return shifted(year, number, by);
}

function shifted(year: number, month: number, by: number): string {
  const count = year * 12 + month - 1 + by;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** This month, of which only the days from today on are left, and those after it. */
export function monthsAhead(today: Day, count = 12): { month: string; from: Day; to: Day }[] {
  const first = today.slice(0, 7);
  return Array.from({ length: count }, (_, at) => {
    const month = monthAfter(first, at);
    const { from, to } = daysOfMonth(month);
    return { month, from: at === 0 ? today : from, to };
  });
}

/** The last days of the months that are over, the oldest first. */
export function monthEnds(today: Day, count = 12): Day[] {
  const first = today.slice(0, 7);
  return Array.from({ length: count }, (_, at) => daysOfMonth(monthAfter(first, at - count)).to);
}

const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Whether a text names a month that can be looked at, with the one before and the one after it. */
export function isMonth(text: string): boolean {
  return monthPattern.test(text) && text >= "0002-01" && text <= "9998-12";
}

/** The days of the whole weeks that a month has days in, from a Monday to a Sunday. */
export function weeksOf(month: string): Day[] {
  const { from, to } = daysOfMonth(month);
  const first = numberOf(from) - (weekdayOf(numberOf(from)) - 1);
  const last = numberOf(to) + (7 - weekdayOf(numberOf(to)));
  return Array.from({ length: last - first + 1 }, (_, at) => dayOf(first + at));
}
