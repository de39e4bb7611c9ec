import edtf from "edtf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, deadlineOf, type FuzzyDate, isDay, parseEdtf, today } from "#lib/dates.ts";
import {
  anyDay,
  anyKnown,
  anyParts,
  anySingle,
  julianDayNumber,
  type Known,
  lengthOf,
  lengths,
  pad,
  write,
} from "#tests/support/dates.ts";

function parsed(text: string): FuzzyDate {
  const result = parseEdtf(text);
  if (!result.ok) throw new Error(`${text}: ${result.error}`);
  return result.value;
}

describe("parseEdtf", () => {
  test.each([
    ["2026", "year", "2026-01-01", "2026-12-31"],
    ["2025-04", "month", "2025-04-01", "2025-04-30"],
    ["2024-02", "month", "2024-02-01", "2024-02-29"],
    ["2026-12-31", "day", "2026-12-31", "2026-12-31"],
    ["2024-02-29", "day", "2024-02-29", "2024-02-29"],
    ["2000-02-29", "day", "2000-02-29", "2000-02-29"],
    ["2026~", "year", "2026-01-01", "2026-12-31"],
    ["2026?", "year", "2026-01-01", "2026-12-31"],
    ["2021/2025", "interval", "2021-01-01", "2025-12-31"],
    ["2024-01/2024-05", "interval", "2024-01-01", "2024-05-31"],
    ["2025-04-24/2025-04-24", "interval", "2025-04-24", "2025-04-24"],
    ["2026-33/2026-34", "interval", "2026-01-01", "2026-06-30"],
    ["2021/..", "open", "2021-01-01", null],
    ["2021/", "open", "2021-01-01", null],
    ["../2026", "open", null, "2026-12-31"],
    ["/2026", "open", null, "2026-12-31"],
    ["..", "open", null, null],
    ["202X", "decade", "2020-01-01", "2029-12-31"],
    ["2026-36", "season", "2026-10-01", "2026-12-31"],
    ["0001", "year", "0001-01-01", "0001-12-31"],
    ["9999", "year", "9999-01-01", "9999-12-31"],
    ["9999-12-31/..", "open", "9999-12-31", null],
  ])("%s", (text, precision, earliest, latest) => {
    expect(parsed(text)).toMatchObject({ edtf: text, precision, earliest, latest });
  });

  test.each([
    ["", "empty"],
    [" \t", "empty"],
    ["2026".padEnd(65, "-01"), "tooLong"],
    ["x".repeat(1_000_000), "tooLong"],
    ["by 2026", "notEdtf"],
    ["31/12/2026", "notEdtf"],
    ["2026/2027/2028", "notEdtf"],
    ["2026-1-1", "notEdtf"],
    ["20261231", "notEdtf"],
    ["2026-02-29", "noSuchDay"],
    ["1900-02-29", "noSuchDay"],
    ["2026-02-29/2026-03", "noSuchDay"],
    ["2026-04-31", "noSuchDay"],
    ["2026-13", "noSuchDay"],
    ["2026-00-10", "noSuchDay"],
    ["0000", "year"],
    ["0000-01-01", "year"],
    ["000X", "year"],
    ["0000-33", "year"],
    ["-0001", "year"],
    ["-2026-01-01", "year"],
    ["../-0001", "year"],
    ["Y12026", "year"],
    ["2026-04-12T10:00:00Z", "time"],
    ["2026-04-12T10:00/2027", "time"],
    ["[2025,2026]", "set"],
    ["{2025,2026}", "set"],
    ["[..2026]", "set"],
    ["2026-21", "season"],
    ["2026-24~", "season"],
    ["2026-25", "season"],
    ["2026-32", "season"],
    ["202", "vague"],
    ["20", "vague"],
    ["20XX", "vague"],
    ["XXXX", "vague"],
    ["2026-0X", "vague"],
    ["2026-XX-12", "vague"],
    ["1950S2", "vague"],
    ["2026/2021", "reversed"],
    ["2026-05-01/2026-04", "reversed"],
  ])("refuses %j: %s", (text, error) => {
    expect(parseEdtf(text)).toEqual({ ok: false, error: `errors.date.${error}` });
  });

  test.each([
    ["../..", ".."],
    ["/", ".."],
    ["../", ".."],
    [" 2026 ", "2026"],
    ["~2026", "2026~"],
    ["2026-XX", "2026"],
    ["2026-04-XX", "2026-04"],
    ["2026-XX/2027-XX-XX", "2026/2027"],
    ["?2026-?04", "2026-04?"],
    ["%2026-04-?12", "2026%-04-?12"],
  ])("spells %s as %s", (text, spelled) => {
    expect(parsed(text).edtf).toBe(spelled);
  });

  test("gives the bounds, precision and marks that a value was put together from", () => {
    fc.assert(
      fc.property(anyKnown, ({ text, ...value }) => {
        expect(parsed(text)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test("bounds hold the value's days and not the days on either side", () => {
    fc.assert(
      fc.property(anyKnown, anyDay, ({ text, earliest, latest }, day) => {
        const value = parsed(text);
        const holds = (value.earliest ?? day) <= day && day <= (value.latest ?? day);
        const inside = (earliest === null || earliest <= day) && (latest === null || day <= latest);
        expect(holds).toBe(inside);
      }),
    );
  });

  test("has one spelling: parsing it again changes nothing", () => {
    fc.assert(
      fc.property(anyKnown, ({ text }) => {
        const value = parsed(text);
        expect(parsed(value.edtf)).toEqual(value);
      }),
    );
  });

  test("marks on single parts are kept, and leave the bounds alone", () => {
    const part = fc.constantFrom("", "~", "?", "%");
    fc.assert(
      fc.property(anyParts, part, part, part, part, (parts, a, b, c, d) => {
        const [year, month, day] = parts;
        const value = parsed(`${a}${pad(year, 4)}-${b}${pad(month)}-${c}${pad(day)}${a || b || c ? "" : d}`);
        const used = a + b + c + (a || b || c ? "" : d);
        expect(value).toMatchObject({
          precision: "day",
          earliest: write(year, month, day),
          latest: write(year, month, day),
          approximate: /[~%]/.test(used),
          uncertain: /[?%]/.test(used),
        });
        expect(parsed(value.edtf)).toEqual(value);
      }),
    );
  });

  test("agrees with the package's own bounds where that has them, and has them right", () => {
    fc.assert(
      fc.property(anySingle, ({ text }) => {
        // Marks on seasons are off by default, and its thirds of a year have five months.
        fc.pre(!/-[34]\d[~?%]$/.test(text) && !/-3[789]$/.test(text));
        const theirs = edtf(text);
        const day = (time: number) => new Date(time).toISOString().slice(0, 10);
        expect(parsed(text)).toMatchObject({ earliest: day(theirs.min), latest: day(theirs.max) });
      }),
    );
  });

  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 70 }).map((codes) => String.fromCharCode(...codes)),
    fc.string({ unit: fc.constantFrom(..."0129-/.X~?%[]{},YTZS:+ "), maxLength: 70 }),
    fc
      .tuple(anyKnown, fc.string({ unit: fc.constantFrom(..."019-/.X~?%"), maxLength: 3 }), fc.nat(12))
      .map(([{ text }, extra, at]) => text.slice(0, at) + extra + text.slice(at)),
  );

  test("never throws, and what it accepts is whole", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseEdtf(text);
        if (!result.ok) {
          expect(result.error).toMatch(/^errors\.date\.\w+$/);
          return;
        }
        const { value } = result;
        for (const bound of [value.earliest, value.latest]) expect(bound === null || isDay(bound)).toBe(true);
        expect((value.earliest ?? "0001-01-01") <= (value.latest ?? "9999-12-31")).toBe(true);
        expect(value.precision === "open").toBe(value.earliest === null || value.latest === null);
        expect(value.edtf.length).toBeLessThanOrEqual(64);
        expect(parsed(value.edtf)).toEqual(value);
      }),
      { numRuns: 3000 },
    );
  });

  test("takes no time, whatever it is given", () => {
    const awkward = ["?", "~", "2026-", "?2026-", "X", "-", ".", "2026~-%", "0", "/", "..2026,"];
    const started = performance.now();
    for (const piece of awkward) parseEdtf(piece.repeat(64).slice(0, 64));
    parseEdtf("[".repeat(10_000_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("days", () => {
  test("a day is one that the calendar has", () => {
    const anyNumbers = fc.tuple(fc.nat(10_100), fc.nat(14), fc.nat(33));
    fc.assert(
      fc.property(anyNumbers, ([year, month, day]) => {
        const exists = year >= 1 && year <= 9999 && day >= 1 && day <= lengthOf(year, month);
        expect(isDay(write(year, month, day))).toBe(exists);
      }),
      { numRuns: 1000 },
    );
    for (const text of [
      "",
      "2026",
      "2026-1-1",
      "2026-01-01T00:00:00Z",
      " 2026-01-01",
      "２０２６-01-01",
      "2026-01-01\n",
    ]) {
      expect(isDay(text)).toBe(false);
    }
  });

  test("differences are those of the Julian day numbers", () => {
    fc.assert(
      fc.property(anyParts, anyParts, (a, b) => {
        expect(daysBetween(write(...a), write(...b))).toBe(julianDayNumber(...b) - julianDayNumber(...a));
      }),
    );
  });

  test("adding days is the way back from a difference, and order as text is order in time", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const days = daysBetween(a, b);
        expect(addDays(a, days)).toBe(b);
        expect(Math.sign(days)).toBe(a < b ? 1 : a > b ? -1 : 0);
      }),
    );
  });

  test("the next day of every day of a leap year and a common year", () => {
    for (const year of [4, 1900, 2000, 2023, 2024]) {
      const days = lengths(year).flatMap((length, month) =>
        Array.from({ length }, (_, day) => write(year, month + 1, day + 1)),
      );
      for (const [index, day] of days.entries()) {
        expect(addDays(day, 1)).toBe(days[index + 1] ?? write(year + 1, 1, 1));
      }
    }
  });

  test("refuses to leave the calendar", () => {
    expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
    expect(() => addDays("0001-01-01", -1)).toThrow(RangeError);
    expect(() => addDays("2026-01-01", 0.5)).toThrow(RangeError);
    expect(() => addDays("2026-01-01", Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => addDays("2026-01-01", Number.NaN)).toThrow(RangeError);
    expect(() => addDays("2026-02-29", 1)).toThrow(RangeError);
    expect(() => daysBetween("2026-01-01", "soon")).toThrow(RangeError);
  });
});

describe("today", () => {
  test.each([
    ["2026-11-20T16:59:59.999Z", "Asia/Ho_Chi_Minh", "2026-11-20"],
    ["2026-11-20T17:00:00Z", "Asia/Ho_Chi_Minh", "2026-11-21"],
    ["2026-12-31T17:00:00Z", "Asia/Vientiane", "2027-01-01"],
    ["2024-02-28T17:00:00Z", "Asia/Vientiane", "2024-02-29"],
    ["2026-02-28T17:00:00Z", "Asia/Ho_Chi_Minh", "2026-03-01"],
    // The day is an hour shorter when summer time begins in Berlin, and an hour longer when it ends.
    ["2026-03-28T22:59:59Z", "Europe/Berlin", "2026-03-28"],
    ["2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T21:59:59Z", "Europe/Berlin", "2026-03-29"],
    ["2026-03-29T22:00:00Z", "Europe/Berlin", "2026-03-30"],
    ["2026-10-24T22:00:00Z", "Europe/Berlin", "2026-10-25"],
    ["2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25"],
    ["2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26"],
    // Samoa had no 30 December 2011.
    ["2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29"],
    ["2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"],
    ["2026-06-30T10:00:00Z", "Pacific/Kiritimati", "2026-07-01"],
    ["2026-07-01T10:59:59Z", "Pacific/Pago_Pago", "2026-06-30"],
    ["0050-06-01T00:00:00Z", "UTC", "0050-06-01"],
  ])("%s in %s is %s", (now, zone, day) => {
    expect(today(new Date(now), zone)).toBe(day);
  });

  test("with a fixed offset, it is the UTC day of the moment moved by the offset", () => {
    const moment = fc.date({ min: new Date("1980-01-01Z"), max: new Date("2200-01-01Z"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom("Asia/Ho_Chi_Minh", "Asia/Vientiane", "Asia/Bangkok"), (now, zone) => {
        expect(today(now, zone)).toBe(new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10));
      }),
    );
  });

  test("refuses what has no day", () => {
    expect(() => today(new Date(Number.NaN), "UTC")).toThrow(RangeError);
    expect(() => today(new Date(), "Asia/Hanoi_Old_Quarter")).toThrow(RangeError);
    expect(() => today(new Date(-8.64e15), "UTC")).toThrow(RangeError);
    expect(() => today(new Date(8.64e15), "UTC")).toThrow(RangeError);
  });
});

describe("deadlineOf", () => {
  const phrase = "by 2026, in time for the congress";

  test("says the bounds of its value", () => {
    expect(deadlineOf({ phrase: "by 2026", edtf: "2026" })).toEqual({
      phrase: "by 2026",
      edtf: "2026",
      earliest: "2026-01-01",
      latest: "2026-12-31",
    });
  });

  test("without a value and an event, it has no bounds", () => {
    expect(deadlineOf({ phrase: "in the coming years", edtf: null })).toEqual({
      phrase: "in the coming years",
      edtf: null,
      earliest: null,
      latest: null,
    });
  });

  test("without a value of its own, it moves with the event", () => {
    const anchor = { earliest: "2026-01-19", latest: "2026-01-25" };
    expect(deadlineOf({ phrase, edtf: null, anchor })).toEqual({ phrase, edtf: null, ...anchor });
  });

  test("with both, an event that comes early pulls it forward, and one that comes late does not push it on", () => {
    const early = { earliest: "2026-01-19", latest: "2026-01-25" };
    expect(deadlineOf({ phrase, edtf: "2026", anchor: early }).latest).toBe("2026-01-25");
    const late = { earliest: "2027-02-01", latest: "2027-02-07" };
    expect(deadlineOf({ phrase, edtf: "2026", anchor: late }).latest).toBe("2026-12-31");
  });

  test("an event without a date says nothing", () => {
    const anchor = { earliest: null, latest: null };
    expect(deadlineOf({ phrase, edtf: "2026", anchor })).toEqual(deadlineOf({ phrase, edtf: "2026" }));
  });

  test("with both, it is the earlier of the two whenever either may be", () => {
    fc.assert(
      fc.property(
        anyKnown,
        anyKnown,
        fc.float({ min: 0, max: 1, noNaN: true }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (own, event, s, t) => {
          const { earliest, latest } = deadlineOf({ phrase, edtf: own.text, anchor: event });
          const pick = ({ earliest, latest }: Known, share: number) => {
            const from = earliest ?? "0001-01-01";
            return addDays(from, Math.floor(daysBetween(from, latest ?? "9999-12-31") * share));
          };
          const due = [pick(own, s), pick(event, t)].sort()[0] ?? "";
          expect((earliest ?? due) <= due && due <= (latest ?? due)).toBe(true);
          for (const one of [own, event]) {
            if (one.latest !== null) expect(latest !== null && latest <= one.latest).toBe(true);
          }
        },
      ),
    );
  });

  test("refuses a value that is none", () => {
    expect(() => deadlineOf({ phrase, edtf: "soon" })).toThrow(RangeError);
  });
});
