import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf, numberOf, parseEdtf } from "#lib/dates.ts";
import { itemsOf, nextOf } from "#lib/timeline/items.ts";
import { type Dated, placeOf, rangeOf, scales, spanOf, ticksOf, windowOf } from "#lib/timeline/rules.ts";
import { parseLook, zooms } from "#lib/timeline/schema.ts";

const nothing: Dated = {
  edtf: null,
  earliest: null,
  latest: null,
  made: null,
  signed: null,
  inEffectFrom: null,
  ends: null,
};

/** A record with that deadline. */
function due(edtf: string | null, over: Partial<Dated> = {}): Dated {
  const parsed = edtf === null ? null : parseEdtf(edtf);
  const { earliest, latest } = parsed?.ok ? parsed.value : { earliest: null, latest: null };
  return { ...nothing, edtf, earliest, latest, ...over };
}

const said = (record: Dated) => {
  const { start, sure, last } = spanOf(record);
  const show = (day: number | null) => (day === null ? null : dayOf(day));
  return [show(start), show(sure), show(last)];
};

describe("a record over time", () => {
  test.each([
    ["a day", due("2026-12-31", { made: "2025-04-24" }), ["2025-04-24", "2026-12-31", "2026-12-31"]],
    ["a year", due("2026", { made: "2025-04-24" }), ["2025-04-24", "2026-01-01", "2026-12-31"]],
    ["an interval of years", due("2021/2025"), ["2021-01-01", "2025-01-01", "2025-12-31"]],
    ["by a day", due("../2024-01-06", { made: "2023-01-01" }), ["2023-01-01", "2024-01-06", "2024-01-06"]],
    ["by a year", due("../2026", { made: "2025-04-24" }), ["2025-04-24", "2026-01-01", "2026-12-31"]],
    ["no last day", due("2026/..", { made: "2025-04-24" }), ["2026-01-01", "2026-01-01", null]],
    ["no date at all", due(null), [null, null, null]],
    ["no deadline", due(null, { made: "2025-04-24" }), ["2025-04-24", "2025-04-24", null]],
    [
      "promised in the year in which it is due",
      due("2026", { made: "2026-06-01" }),
      ["2026-06-01", "2026-06-01", "2026-12-31"],
    ],
    ["promised after it was due", due("2024", { made: "2025-04-24" }), [null, "2024-01-01", "2024-12-31"]],
    [
      "an instrument with an end of its own",
      due("2023", { signed: "2021-06", inEffectFrom: "2022-01-01", ends: "2026-03-31" }),
      ["2021-06-01", "2026-03-31", "2026-03-31"],
    ],
    ["an instrument of some years", due(null, { ends: "2021/2025" }), [null, "2025-01-01", "2025-12-31"]],
    // "By 2026, in time for a congress in January": the event came first.
    ["tied to an event", { ...due("2025/2026"), latest: "2026-01-31" }, ["2025-01-01", "2026-01-01", "2026-01-31"]],
    [
      "tied to an event alone",
      { ...due(null), earliest: "2026-01-01", latest: "2026-01-31" },
      [null, "2026-01-01", "2026-01-31"],
    ],
  ] as const)("%s", (_name, record, expected) => {
    expect(said(record)).toEqual(expected);
  });

  test("never ends before it starts, whatever its dates are", () => {
    const edtf = fc.option(
      fc.constantFrom(
        "2026",
        "2024-04",
        "2025-12-31",
        "2021/2025",
        "../2026",
        "2026/..",
        "..",
        "2026~",
        "202X",
        "2026-33",
        "2024-02-29/2025",
      ),
    );
    const day = fc.option(fc.integer({ min: 18_000, max: 21_500 }).map(dayOf));
    fc.assert(
      fc.property(edtf, edtf, edtf, edtf, day, day, (deadline, signed, inEffectFrom, ends, made, moved) => {
        const record = due(deadline, {
          signed,
          inEffectFrom,
          ends,
          made,
          ...(moved && deadline && { latest: moved, earliest: null }),
        });
        const { start, sure, last } = spanOf(record);
        if (start !== null) expect(start).toBeLessThanOrEqual(sure ?? start);
        if (sure !== null && last !== null) expect(sure).toBeLessThanOrEqual(last);
      }),
    );
  });
});

describe("where it is drawn", () => {
  test("a range is whole years around everything, and no longer than a century", () => {
    const range = rangeOf([numberOf("2021-05-05"), null, numberOf("2030-12-31")], "2026-11-22");
    expect([dayOf(range.from), dayOf(range.to)]).toEqual(["2021-01-01", "2031-01-01"]);
    const wide = rangeOf([numberOf("0001-01-01"), numberOf("9999-12-31")], "2026-11-22");
    expect([dayOf(wide.from), dayOf(wide.to)]).toEqual(["1976-01-01", "2076-01-01"]);
    expect(placeOf(numberOf("0001-01-01"), wide, "year")).toBe(0);
  });

  test("later stands further to the right, at every scale", () => {
    const range = rangeOf([], "2026-11-22");
    for (const zoom of zooms) {
      const ticks = ticksOf(range, zoom);
      const places = ticks.map(({ at }) => placeOf(at, range, zoom));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(new Set(places).size).toBe(ticks.length);
      // Room for the words of each.
      expect(scales[zoom] * 365.25).toBeGreaterThan((60 * ticks.length) / 3);
    }
    expect(ticksOf(range, "year").map(({ text }) => text)).toEqual(["2025", "2026", "2027"]);
    expect(
      ticksOf(range, "quarter")
        .slice(0, 5)
        .map(({ text }) => text),
    ).toEqual(["2025-1", "2025-2", "2025-3", "2025-4", "2026-1"]);
    expect(ticksOf(range, "month")[13]?.text).toBe("2026-02");
  });

  test("what is in view is drawn, and never more than there is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 100, max: 2000 }),
        fc.integer({ min: 20, max: 60 }),
        fc.integer({ min: 0, max: 6000 }),
        (top, height, row, count) => {
          const { first, end } = windowOf({ top, height, row, count });
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(count);
          const seen = [Math.floor(top / row), Math.floor((top + height - 1) / row)];
          for (const index of seen) if (index < count) expect(index >= first && index < end).toBe(true);
          expect(end - first).toBeLessThan(height / row + 60);
        },
      ),
    );
  });
});

test("keys go from record to record and pass over the names of groups", () => {
  const row = (reference: string) =>
    ({
      reference,
      title: "",
      schedule: "upcoming",
      when: "",
      start: null,
      sure: null,
      last: null,
      milestones: [],
    }) as const;
  const items = itemsOf(
    [
      { value: "a", label: "A", rows: [row("1"), row("2")] },
      { value: "b", label: "B", rows: [row("3")] },
    ].map((group) => ({ ...group, rows: group.rows.map((each) => ({ ...each, milestones: [] })) })),
  );
  const at = (reference: string) => items.findIndex((item) => item.kind === "row" && item.row.reference === reference);
  const walk = (key: string, from: string) => nextOf(key, items, at(from));
  expect(walk("ArrowDown", "2")).toBe(at("3"));
  expect(walk("ArrowUp", "3")).toBe(at("2"));
  expect(walk("ArrowUp", "1")).toBe(at("1"));
  expect(walk("ArrowDown", "3")).toBe(at("3"));
  expect([walk("Home", "3"), walk("End", "1")]).toEqual([at("1"), at("3")]);
  expect(walk("x", "1")).toBeNull();
});

test("a look that does not fit counts as not said", () => {
  expect(parseLook({ group: "agency", zoom: ["month", "year"] })).toEqual({ group: "agency", zoom: "month" });
  expect(parseLook({ group: "price", zoom: "" })).toEqual({ group: "sector", zoom: "year" });
});
