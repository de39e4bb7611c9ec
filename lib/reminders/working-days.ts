/** Counting in calendar days, or in working days: Monday to Friday less holidays. Days are their numbers (lib/dates.ts). */
export type Ruler = {
  /** The day that is `by` days after another, before it where negative; 0 is the day itself, whatever day that is. */
  shift(day: number, by: number): number;
  /** The least `by` with which `shift` comes to `to` or later. */
  distance(day: number, to: number): number;
  /** The first and the last day which `shift` by so many takes to a day from `from` to `to`; none where the first is later. */
  starts(by: number, from: number, to: number): readonly [first: number, last: number];
};

export const calendarDays: Ruler = {
  shift: (day, by) => day + by,
  distance: (day, to) => to - day,
  starts: (by, from, to) => [from - by, to - by],
};

/** ISO weekday: 1 Monday to 7 Sunday. */
export function weekdayOf(day: number): number {
  return modulo(day + 3, 7) + 1;
}

/**
 * Working days have numbers of their own, one after the other: a weekday's number less the holidays before it. So counting
 * ninety of them costs no more than counting one.
 */
export function workingDays(holidays: Iterable<number>): Ruler {
  const off = [...new Set(holidays)].filter((day) => weekdayOf(day) <= 5).sort((a, b) => a - b);
  /** How many holidays are before a day. */
  const offBefore = (day: number) => {
    let [low, high] = [0, off.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((off[middle] ?? 0) < day) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const before = (day: number) => weekdaysBefore(day) - offBefore(day);
  /** The working day with a number. Every holiday on the way moves it on, maybe over further ones. */
  const nth = (number: number) => {
    let passed = offBefore(weekday(number));
    for (;;) {
      const day = weekday(number + passed);
      const now = offBefore(day + 1);
      if (now === passed) return day;
      passed = now;
    }
  };
  const shift = (day: number, by: number) => {
    if (by === 0) return day;
    return by > 0 ? nth(before(day + 1) + by - 1) : nth(before(day) + by);
  };
  return {
    shift,
    distance(day, to) {
      if (to === day) return 0;
      return to > day ? before(to) - before(day + 1) + 1 : before(to) - before(day);
    },
    starts(by, from, to) {
      if (by === 0) return [from, to];
      return by > 0 ? [shift(from, -by), shift(to + 1, -by) - 1] : [shift(from - 1, -by) + 1, shift(to, -by)];
    },
  };
}

// Counted from Monday, 29 December 1969, which is day -3.
const weekdaysBefore = (day: number) => Math.floor((day + 3) / 7) * 5 + Math.min(modulo(day + 3, 7), 5);
const weekday = (number: number) => Math.floor(number / 5) * 7 + modulo(number, 5) - 3;
const modulo = (value: number, by: number) => ((value % by) + by) % by;
