import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayOf, isDay, numberOf, today } from "#lib/dates.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";
import { dueOccurrence, type MeetingDay, nextOccurrences, type Timing } from "#lib/reports/schedules/times.ts";

/** When scheduled reports are due, in zones whose clocks jump. */

const hanoi = "Asia/Ho_Chi_Minh";
const weekly = (weekday: number, hour = 8): Timing => ({
  ...{ every: "week", weekday, hour },
  ...{ monthDay: null, daysBefore: null },
});
const monthly = (monthDay: number, hour = 8): Timing => ({
  ...{ every: "month", monthDay, hour },
  ...{ weekday: null, daysBefore: null },
});
const ahead = (daysBefore: number, hour = 8): Timing => ({
  ...{ every: "meeting", daysBefore, hour },
  ...{ weekday: null, monthDay: null },
});
const at = (text: string) => new Date(text);
const names = (timing: Timing, after: string, count: number, zone = hanoi, meetings: MeetingDay[] = []) =>
  nextOccurrences(timing, { after: at(after), count, zone, meetings }).map(({ name }) => name);

describe("the next times", () => {
  test("every week, from the next one on", () => {
    // Sunday 22 November 2026, nine in the morning in Hanoi.
    expect(names(weekly(1), "2026-11-22T02:00:00Z", 3)).toEqual(["2026-11-23", "2026-11-30", "2026-12-07"]);
    expect(names(weekly(7), "2026-11-22T02:00:00Z", 1)).toEqual(["2026-11-29"]);
    expect(names(weekly(7, 10), "2026-11-22T02:00:00Z", 1)).toEqual(["2026-11-22"]);
  });

  test("on the 31st, or the last day of a month that has none", () => {
    expect(names(monthly(31), "2027-01-15T00:00:00Z", 5)).toEqual([
      "2027-01-31",
      "2027-02-28",
      "2027-03-31",
      "2027-04-30",
      "2027-05-31",
    ]);
    expect(names(monthly(29), "2028-02-01T00:00:00Z", 2)).toEqual(["2028-02-29", "2028-03-29"]);
    expect(names(monthly(1), "2026-12-31T00:00:00Z", 2)).toEqual(["2027-01-01", "2027-02-01"]);
  });

  test("before each meeting, each of them a time of its own", () => {
    const meetings = [
      { key: "committee-49", day: "2027-03-01" },
      { key: "visit", day: "2026-12-10" },
      { key: "past", day: "2026-01-10" },
    ];
    expect(names(ahead(7), "2026-11-22T02:00:00Z", 3, hanoi, meetings)).toEqual([
      "visit 2026-12-10",
      "committee-49 2027-03-01",
    ]);
    expect(nextOccurrences(ahead(0), { after: at("2026-12-01T00:00:00Z"), count: 1, zone: hanoi, meetings })).toEqual([
      { name: "visit 2026-12-10", at: at("2026-12-10T01:00:00Z") },
    ]);
  });

  test("an hour that the clocks jump over is told after the jump, one that comes twice the first time", () => {
    const in_ = (timing: Timing, after: string) =>
      nextOccurrences(timing, { after: at(after), count: 1, zone: "Europe/Berlin", meetings: [] })[0]?.at.toISOString();
    expect(in_(weekly(7, 2), "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
    expect(in_(weekly(7, 2), "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:00:00.000Z");
    expect(in_(weekly(1, 2), "2026-03-29T12:00:00Z")).toBe("2026-03-30T00:00:00.000Z");
  });
});

const due = (timing: Timing, since: string, now: string, meetings: MeetingDay[] = []) =>
  dueOccurrence(timing, { since: at(since), now: at(now), zone: hanoi, meetings })?.name ?? null;

describe("what is due", () => {
  test("nothing before its hour, and once made not again", () => {
    expect(due(weekly(1), "2026-11-20T00:00:00Z", "2026-11-23T00:59:59Z")).toBe(null);
    expect(due(weekly(1), "2026-11-20T00:00:00Z", "2026-11-23T01:00:00Z")).toBe("2026-11-23");
    expect(due(weekly(1), "2026-11-23T01:00:00Z", "2026-11-23T09:00:00Z")).toBe(null);
  });

  test("after an outage the newest alone", () => {
    expect(due(weekly(1), "2026-10-01T00:00:00Z", "2026-11-25T00:00:00Z")).toBe("2026-11-23");
    expect(due(monthly(31), "2026-01-01T00:00:00Z", "2026-11-25T00:00:00Z")).toBe("2026-10-31");
  });

  test("before a meeting, as long as that is not past: also one that moved, and one that was entered late", () => {
    const meeting = (day: string) => [{ key: "visit", day }];
    expect(due(ahead(7), "2026-11-01T00:00:00Z", "2026-11-25T00:00:00Z", meeting("2026-11-28"))).toBe(
      "visit 2026-11-28",
    );
    expect(due(ahead(7), "2026-11-01T00:00:00Z", "2026-11-29T00:00:00Z", meeting("2026-11-28"))).toBe(null);
    expect(due(ahead(7), "2026-11-21T01:00:00Z", "2026-12-05T00:00:00Z", meeting("2026-12-08"))).toBe(
      "visit 2026-12-08",
    );
    expect(due(ahead(7), "2020-01-01T00:00:00Z", "2026-11-25T00:00:00Z", meeting("2021-03-01"))).toBe(null);
  });
});

const timings = fc.oneof(
  fc
    .record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }) })
    .map(({ weekday, hour }) => weekly(weekday, hour)),
  fc
    .record({ day: fc.integer({ min: 1, max: 31 }), hour: fc.integer({ min: 0, max: 23 }) })
    .map(({ day, hour }) => monthly(day, hour)),
  fc
    .record({ days: fc.integer({ min: 0, max: 90 }), hour: fc.integer({ min: 0, max: 23 }) })
    .map(({ days, hour }) => ahead(days, hour)),
);
const zones = fc.constantFrom(hanoi, "Europe/Berlin", "America/Santiago", "Pacific/Chatham", "Pacific/Apia", "UTC");
const first = Date.UTC(2025, 0, 1);
const moments = fc.integer({ min: 0, max: 1500 * 24 * 60 }).map((minutes) => new Date(first + minutes * 60_000));
const meetings = fc
  .uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 12 })
  .map((days) => days.map((day, index) => ({ key: `m-${index}`, day: addDays("2025-01-01", day) })));

test("the times are in order, after the moment, at the hour, and of the day that was asked for", () => {
  fc.assert(
    fc.property(timings, zones, moments, meetings, (timing, zone, after, given) => {
      const next = nextOccurrences(timing, { after, count: 5, zone, meetings: given });
      if (timing.every !== "meeting") expect(next).toHaveLength(5);
      let last = after.getTime();
      for (const { name, at: moment } of next) {
        expect(moment.getTime()).toBeGreaterThanOrEqual(last);
        expect(moment.getTime()).toBeGreaterThan(after.getTime());
        last = moment.getTime();
        const day = name.slice(-10);
        expect(isDay(day)).toBe(true);
        if (timing.every === "meeting") continue;
        expect(today(moment, zone) === day || today(new Date(moment.getTime() - 7_200_000), zone) === day).toBe(true);
        if (timing.every === "week") expect(weekdayOf(numberOf(day))).toBe(timing.weekday);
        const lastOfMonth = dayOf(numberOf(day) + 1).endsWith("-01");
        if (timing.every === "month")
          expect(
            Number(day.slice(8)) === timing.monthDay || (lastOfMonth && Number(day.slice(8)) < (timing.monthDay ?? 0)),
          ).toBe(true);
      }
      expect(new Set(next.map(({ name }) => name)).size).toBe(next.length);
    }),
    { numRuns: 300 },
  );
});

test("looking every hour makes each time once, and what one look finds is what comes next", () => {
  fc.assert(
    fc.property(
      timings,
      zones,
      moments,
      meetings,
      fc.integer({ min: 1, max: 12 }),
      (timing, zone, start, given, days) => {
        const made: string[] = [];
        let since = start;
        const end = start.getTime() + days * 86_400_000;
        for (let now = start.getTime(); now <= end; now += 3_600_000) {
          const found = dueOccurrence(timing, { since, now: new Date(now), zone, meetings: given });
          if (!found) continue;
          expect(found.at.getTime()).toBeLessThanOrEqual(now);
          made.push(found.name);
          since = found.at;
        }
        expect(new Set(made).size).toBe(made.length);
        const expected = nextOccurrences(timing, { after: start, count: 100, zone, meetings: given }).filter(
          ({ at: moment }) => moment.getTime() <= end - 3_600_000,
        );
        // Two meetings that are told at the same hour are one look's newest.
        const hours = new Set(expected.map(({ at: moment }) => moment.getTime()));
        if (hours.size === expected.length)
          for (const { name } of expected) expect(made, `${name} of ${made}`).toContain(name);
      },
    ),
    { numRuns: 60 },
  );
});
