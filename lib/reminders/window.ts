import { numberOf, today } from "#lib/dates.ts";
import type { Holidays, Person } from "./rules.ts";
import { habitsKey, searchDays, type Telling, type Told, telling } from "./telling.ts";

/**
 * What is to be told after one moment until another, and what should have been told before but whose day is not over at
 * `at`: a rule made today, a record revised today.
 */
export type Window = { after: Date; until: Date; at: Date };

/** Calendar days, by their numbers. */
export type Range = { from: number; to: number };

/** On which days something can fall that is told in the window, on or before its day or after it; null: on none. */
export type Reach = { ahead: Range | null; after: Range | null };

/** When somebody is told of what falls on a day, if that is in the window. */
type Within = (day: number, ahead: boolean) => Told | null;

/** When each person is told in the window, worked out once for all who wish the same. */
export function tellings(people: readonly Person[], holidays: Holidays, window: Window) {
  const first = Math.floor(Math.min(window.after.getTime(), window.at.getTime()) / dayLength) - searchDays - 2;
  const last = Math.floor(window.until.getTime() / dayLength) + searchDays + 2;
  const reach: Reach = { ahead: null, after: null };
  const byHabits = new Map<string, Within>();
  const byPerson = new Map<string, Within>();
  for (const person of people) {
    const key = habitsKey(person);
    const known = byHabits.get(key) ?? within(telling(person, daysOff(holidays, person.countries)), person.timeZone);
    byHabits.set(key, known);
    byPerson.set(person.id, known);
  }
  function within(tell: Telling, timeZone: string): Within {
    const present = numberOf(today(window.at, timeZone));
    const said = { ahead: new Map<number, Told>(), after: new Map<number, Told>() };
    for (const direction of ["ahead", "after"] as const) {
      for (let day = first; day <= last; day++) {
        const told = tell(day, direction === "ahead");
        if (told.at > window.until.getTime() || (told.at <= window.after.getTime() && day < present)) continue;
        said[direction].set(day, told);
        const known = reach[direction] ?? { from: day, to: day };
        reach[direction] = { from: Math.min(known.from, day), to: Math.max(known.to, day) };
      }
    }
    return (day, ahead) => said[ahead ? "ahead" : "after"].get(day) ?? null;
  }
  return {
    reach,
    /** When the person is told of what falls on a day; null outside the window. */
    toldTo: (person: Person, day: number, ahead: boolean) => byPerson.get(person.id)?.(day, ahead) ?? null,
  };
}

/** Holidays of some countries, by their numbers. */
export function daysOff(holidays: Holidays, countries: readonly string[]): Set<number> {
  return new Set(countries.flatMap((country) => [...(holidays[country] ?? [])].map(numberOf)));
}

/** The days of both ways of telling together; null where there are none. */
export function wholeReach({ ahead, after }: Reach): Range | null {
  if (!ahead || !after) return ahead ?? after;
  return { from: Math.min(ahead.from, after.from), to: Math.max(ahead.to, after.to) };
}

const dayLength = 86_400_000;
