import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "#lib/dates.ts";
import { InvalidInput } from "#lib/errors.ts";
import { parseRequest, requestQuery } from "#lib/reports/address.ts";
import { sectionsOf } from "#lib/reports/outline.ts";
import { fixRequest, monthsBefore } from "#lib/reports/period.ts";
import { type Period, type ReportRequest, requestSchema, templates } from "#lib/reports/request.ts";

const today = "2026-11-21";
const meetings = [
  { key: "session-47", earliest: "2025-01-09", latest: "2025-01-09" },
  { key: "visit", earliest: "2025-04-24", latest: "2025-04-25" },
  { key: "session-48", earliest: "2025-12-02", latest: null },
  { key: "some-day", earliest: null, latest: null },
  { key: "next", earliest: "2027-01-01", latest: "2027-12-31" },
];
const ask = (over: Partial<ReportRequest>) => requestSchema.parse({ template: "between", locale: "en", ...over });
const fix = (over: Partial<ReportRequest>) => fixRequest(ask(over), { today, meetings });
const refusal = (over: Partial<ReportRequest>) => {
  try {
    fix(over);
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields;
    throw error;
  }
  return null;
};

describe("a period", () => {
  test("between two meetings runs from the last day of one to that of the other", () => {
    const { period, day } = fix({ period: { kind: "meetings", from: "visit", to: "session-48" } });
    expect(period).toEqual({ kind: "days", from: "2025-04-25", to: "2025-12-02", meetings: ["visit", "session-48"] });
    expect(day).toBe("2025-12-02");
  });
  test("since the last meeting goes by the report's day", () => {
    expect(fix({}).period).toMatchObject({ from: "2025-12-02", to: today, meetings: ["session-48", null] });
    expect(fix({ day: "2025-12-02" }).period).toMatchObject({ from: "2025-04-25", to: "2025-12-02" });
    expect(fix({ day: "2025-01-09" }).period).toMatchObject({ from: "2024-07-09", meetings: null });
  });
  test("of months ends on the report's day", () => {
    expect(fix({ period: { kind: "months", months: 3 }, day: "2026-05-31" }).period).toMatchObject({
      from: "2026-02-28",
      to: "2026-05-31",
    });
  });
  test("of others is none", () => {
    expect(fix({ template: "status", period: { kind: "months", months: 3 } }).period).toBeNull();
  });
  test.each([
    [{ period: { kind: "meetings", from: "some-day", to: null } }, { period: ["reports.errors.undatedMeeting"] }],
    [{ period: { kind: "meetings", from: "nowhere", to: null } }, { period: ["errors.choice"] }],
    [{ period: { kind: "meetings", from: "session-48", to: "next" } }, { period: ["reports.errors.day"] }],
    [{ period: { kind: "meetings", from: "session-48", to: "visit" } }, { period: ["reports.errors.period"] }],
    [
      { period: { kind: "days", from: "2026-01-01", to: "2026-01-01", meetings: null } },
      { period: ["reports.errors.period"] },
    ],
    [{ day: "2026-11-22" }, { day: ["reports.errors.day"] }],
    [{ day: "2026-11-20", known: "2026-11-19" }, { known: ["reports.errors.order"] }],
    [{ known: "2026-11-22" }, { known: ["reports.errors.day"] }],
  ] satisfies [Partial<ReportRequest>, Record<string, string[]>][])("%o is refused", (over, fields) => {
    expect(refusal(over)).toEqual(fields);
  });
  test("that was worked out stays as it is", () => {
    const first = fix({ period: { kind: "months", months: 3 } });
    expect(fixRequest(first, { today: "2027-03-01", meetings: [] })).toEqual(first);
  });
});

test("a month before is a day of the month before", () => {
  const day = fc.integer({ min: 0, max: 60_000 }).map((days): Day => addDays("1900-01-01", days));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 120 }), (from, months) => {
      const before = monthsBefore(from, months);
      const at = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
      expect(at(from) - at(before)).toBe(months);
      expect(before.slice(8) <= from.slice(8)).toBe(true);
    }),
  );
});

const anyPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc.constant({ kind: "sinceMeeting" as const }),
  fc.integer({ min: 1, max: 120 }).map((months) => ({ kind: "months" as const, months })),
  fc.constant({ kind: "days" as const, from: "2025-01-01", to: "2025-06-30", meetings: null }),
  fc.constantFrom(null, "session-48").map((to) => ({ kind: "meetings" as const, from: "session-47", to })),
);

test("an address reads as what it was made of", () => {
  const days = fc.constantFrom(null, "2025-06-30", "2026-01-31");
  const requests = fc
    .record({
      template: fc.constantFrom(...templates),
      scope: fc.constantFrom("", "sector=health&strength=obligation,pledge", "q=a%26b%3D%C4%91&numbers=1-7,9"),
      period: fc.option(anyPeriod),
      day: days,
      known: days,
      locale: fc.constantFrom("en", "vi", "lo"),
      record: fc.constantFrom(null, "VL-048"),
    })
    .chain((request) =>
      fc.shuffledSubarray([...sectionsOf[request.template]], { minLength: 1 }).map((sections) => ({
        ...request,
        period: request.template === "between" ? request.period : null,
        record: request.template === "brief" ? request.record : null,
        sections: sections.join() === sectionsOf[request.template].join() ? null : sections,
      })),
    );
  fc.assert(
    fc.property(requests, (given) => {
      const request = requestSchema.parse(given);
      const query = Object.fromEntries(requestQuery(request));
      expect(parseRequest(query, { locale: "en" })).toEqual({ request, refused: {} });
    }),
  );
});

test("whatever an address says, it is read or refused by name", () => {
  const names = ["template", "scope", "period", "from", "to", "fromMeeting", "toMeeting", "months", "day", "known"];
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom("between", "brief", "days", "meetings", "months", "2026-01-01", "7"),
  );
  const query = fc.dictionary(
    fc.constantFrom(...names, "lang", "section", "record", "was", "x"),
    fc.oneof(text, fc.array(text)),
  );
  fc.assert(
    fc.property(query, (given) => {
      const { request, refused } = parseRequest(given, { locale: "lo" });
      expect(requestSchema.parse(request)).toEqual(request);
      for (const messages of Object.values(refused)) expect(messages.length).toBe(1);
    }),
    { numRuns: 1000 },
  );
});
