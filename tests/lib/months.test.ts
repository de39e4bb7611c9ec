import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dayOf, numberOf } from "#lib/dates.ts";
import { daysOfMonth, isMonth, monthAfter, monthEnds, monthsAhead, weeksOf } from "#lib/months.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";

const anyMonth = fc
  .tuple(fc.integer({ min: 2, max: 9997 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
const anyDay = fc.integer({ min: -20_000, max: 60_000 }).map(dayOf);

test("a month has its own days and no others", () => {
  fc.assert(
    fc.property(anyMonth, (month) => {
      const { from, to } = daysOfMonth(month);
      expect([from.slice(0, 7), to.slice(0, 7)]).toEqual([month, month]);
      expect(addDays(from, -1).slice(0, 7)).toBe(monthAfter(month, -1));
      expect(addDays(to, 1)).toBe(`${monthAfter(month, 1)}-01`);
    }),
  );
});

test("months are counted over the years, forward and back", () => {
  expect(monthAfter("2026-11", 2)).toBe("2027-01");
  expect(monthAfter("2026-01", -13)).toBe("2024-12");
  fc.assert(
    fc.property(anyMonth, fc.integer({ min: -20, max: 20 }), (month, by) => {
      fc.pre(Number(month.slice(0, 4)) > 5 && Number(month.slice(0, 4)) < 9990);
      expect(monthAfter(monthAfter(month, by), -by)).toBe(month);
    }),
  );
});

test("weeks are whole, from a Monday to a Sunday, and hold every day of the month", () => {
  fc.assert(
    fc.property(anyMonth, (month) => {
      const days = weeksOf(month);
      expect(days.length % 7).toBe(0);
      expect(days.map((day) => weekdayOf(numberOf(day)))).toEqual(days.map((_, at) => (at % 7) + 1));
      const { from, to } = daysOfMonth(month);
      expect([days.indexOf(from) < 7, days.indexOf(to) >= days.length - 7]).toEqual([true, true]);
    }),
  );
});

test("twelve months ahead begin today and leave no day between them", () => {
  fc.assert(
    fc.property(anyDay, (today) => {
      const ahead = monthsAhead(today);
      expect(ahead[0]?.from).toBe(today);
      expect(ahead).toHaveLength(12);
      for (const [at, { from }] of ahead.entries()) {
        const before = ahead[at - 1];
        if (before) expect(addDays(before.to, 1)).toBe(from);
      }
    }),
  );
});

test("the ends of the last twelve months are over", () => {
  expect(monthEnds("2026-11-22").slice(-2)).toEqual(["2026-09-30", "2026-10-31"]);
  fc.assert(
    fc.property(anyDay, (today) => {
      const ends = monthEnds(today);
      expect(ends).toHaveLength(12);
      expect(ends.every((day) => day < today && addDays(day, 1).endsWith("-01"))).toBe(true);
    }),
  );
});

test("what is no month is none", () => {
  expect(["2026-11", "0002-01", "9998-12"].map(isMonth)).toEqual([true, true, true]);
  expect(["2026-13", "2026-00", "2026-1", "26-11", "", "0001-12", "9999-01", "2026-11-01"].filter(isMonth)).toEqual([]);
});
