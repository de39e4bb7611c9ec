import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, daysBetween, parseEdtf } from "#lib/dates.ts";
import { type Figure, type Goal, rangeOf, relate, trajectory } from "#lib/indicators/rules.ts";

const today = "2026-11-21";

/** A figure of a date in EDTF; null: of no stated date. */
function figure(value: number, edtf: string | null, qualifier = "exact", kind?: string): Figure {
  const parsed = edtf === null ? null : parseEdtf(edtf);
  if (parsed && !parsed.ok) throw new Error(parsed.error);
  const { earliest, latest } = parsed?.value ?? { earliest: null, latest: null };
  return { value, qualifier, kind, earliest, latest };
}

const relationOf = (a: Figure, b: Figure) => relate([a, b])[0]?.relation;

describe("relate", () => {
  test("capital: rounded in the one text, later in the next", () => {
    const january = figure(5_470_000_000, "2024-01~");
    const later = figure(5_500_000_000, "2024-06/2024-12");
    expect(relate([later, january])).toEqual([{ a: january, b: later, relation: "follows" }]);
    expect(relationOf(january, figure(5_500_000_000, "2024"))).toBe("agrees");
  });

  test("registered and implemented capital are different things, and so is a forecast from what came of it", () => {
    expect(relationOf(figure(6.21e9, "2025-12", "registered"), figure(3e9, "2025-12", "implemented"))).toBe(
      "different",
    );
    expect(relationOf(figure(1.5e9, "2023", "predicted"), figure(1.6e9, "2023"))).toBe("different");
    expect(relationOf(figure(1.5e9, "2023", "exact", "full_year"), figure(7.796e8, "2023", "exact", "part_year"))).toBe(
      "different",
    );
  });

  test("two counts of one time that differ conflict", () => {
    expect(relationOf(figure(241, "2024"), figure(267, "2024-12-02"))).toBe("conflicts");
    expect(relationOf(figure(241, "2024"), figure(242, "2024"))).toBe("conflicts");
    expect(relationOf(figure(3, "2024"), figure(4, "2024"))).toBe("conflicts");
    expect(relationOf(figure(0, "2024"), figure(1, "2024"))).toBe("conflicts");
  });

  test.each([
    ["more_than", 14_000, 14_900, true],
    ["more_than", 14_000, 20_000, false],
    ["more_than", 14_000, 13_400, false],
    ["less_than", 200, 190, true],
    ["less_than", 200, 211, false],
    ["about", 3e9, 3.1e9, true],
    ["about", 3e9, 3.5e9, false],
    ["exact", 5.5e9, 5.47e9, true],
    ["exact", 5.5e9, 5.4e9, false],
    ["exact", 170, 173, true],
    ["exact", 200, 241, false],
    ["exact", -5.5, -5.47, true],
  ])("%s %d beside %d: agree is %s", (qualifier, value, other, agree) => {
    const relation = agree ? "agrees" : "conflicts";
    expect(relationOf(figure(value, "2024", qualifier), figure(other, "2024"))).toBe(relation);
    expect(relationOf(figure(other, "2024"), figure(value, "2024", qualifier))).toBe(relation);
  });

  test("figures without a date can agree, but not conflict", () => {
    expect(relationOf(figure(241, null), figure(241, "2024"))).toBe("agrees");
    expect(relationOf(figure(241, null), figure(267, "2024"))).toBe("cannot_tell");
    expect(relationOf(figure(241, "../2023"), figure(267, "2024"))).toBe("follows");
    expect(relationOf(figure(241, "../2024"), figure(267, "2024"))).toBe("cannot_tell");
  });

  const anyValue = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.constantFrom(0, 1, 5.47e9, 5.5e9, 1e21, 1e-9),
  );
  const anyFigure: fc.Arbitrary<Figure> = fc
    .record({
      value: anyValue,
      qualifier: fc.constantFrom("exact", "about", "more_than", "less_than", "registered", "predicted", "of our own"),
      start: fc.option(fc.nat(2000)),
      length: fc.option(fc.nat(400)),
      kind: fc.constantFrom(undefined, null, "full_year"),
    })
    .map(({ value, qualifier, start, length, kind }) => ({
      value,
      qualifier,
      kind,
      earliest: start === null ? null : addDays("2021-01-01", start),
      latest: length === null ? null : addDays("2021-01-01", (start ?? 0) + length),
    }));

  test("gives each pair once, the same both ways round", () => {
    fc.assert(
      fc.property(fc.array(anyFigure, { maxLength: 8 }), (figures) => {
        const pairs = relate(figures);
        expect(pairs.length * 2).toBe(figures.length ** 2 - figures.length);
        const describePair = (pair: { a: Figure; b: Figure; relation: string }) =>
          `${[figures.indexOf(pair.a), figures.indexOf(pair.b)].sort((x, y) => x - y)} ${pair.relation}`;
        const backwards = relate(figures.toReversed()).map(describePair);
        expect(pairs.map(describePair).sort()).toEqual(backwards.sort());
        for (const { a, b, relation } of pairs) {
          if (relation === "follows") expect((a.latest ?? "~") < (b.earliest ?? "")).toBe(true);
        }
      }),
    );
  });

  test("a figure agrees with itself, and its range holds it", () => {
    fc.assert(
      fc.property(anyFigure, (one) => {
        expect(relationOf(one, { ...one })).toBe("agrees");
        const [low, high] = rangeOf(one);
        expect(low <= one.value && one.value <= high).toBe(true);
      }),
    );
  });

  test("a number agrees with what it rounds to, with two digits or more", () => {
    const digits = fc.integer({ min: 2, max: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), digits, (value, kept) => {
        const rounded = Number(value.toPrecision(kept));
        expect(relationOf(figure(value, "2024"), figure(rounded, "2024"))).toBe("agrees");
      }),
    );
  });
});

describe("trajectory", () => {
  const by2030: Goal = { value: 5, latest: "2030-12-31", direction: "increase" };
  const on = (day: string, value: number, qualifier?: string) => figure(value, day, qualifier);

  test("without a target date it can't be assessed", () => {
    const figures = [on("2023", 1.5), on("2024", 2)];
    expect(trajectory(figures, { value: 5, latest: null }, today)).toEqual({
      state: "cannot_assess",
      reason: "no_target_date",
    });
    expect(trajectory([], { value: 5, latest: null }, today)).toMatchObject({ reason: "no_target_date" });
  });

  test.each([
    ["none", []],
    ["one", [on("2024", 2)]],
    ["one with a date", [on("2024", 2), figure(3, null)]],
    ["two of one day", [on("2024", 2), on("2024", 2.5)]],
    ["one and a forecast", [on("2024", 2), on("2025", 3, "predicted")]],
    ["one and one of a year to come", [on("2024", 2), on("2027", 3)]],
    ["two of different things", [on("2024", 2, "registered"), on("2025", 1, "implemented")]],
  ])("with too few figures (%s) it can't be assessed", (_, figures) => {
    expect(trajectory(figures, by2030, today)).toEqual({ state: "cannot_assess", reason: "too_few_figures" });
  });

  test("compares the latest figure with the line, at the figure's own date", () => {
    const start = on("2020-12-31", 0);
    const half = on("2025-12-31", 2.6);
    const expected = (5 * daysBetween("2020-12-31", "2025-12-31")) / daysBetween("2020-12-31", "2030-12-31");
    expect(trajectory([half, start], by2030, today)).toEqual({
      state: "on_track",
      reason: "against_line",
      figure: half,
      expected,
    });
    expect(trajectory([start, on("2025-12-31", 1.2)], by2030, today)).toMatchObject({ state: "behind", expected });
    // The same figure is as good a year later: no new figure is no news.
    expect(trajectory([start, half], by2030, "2027-11-21").state).toBe("on_track");
  });

  test("a figure that may have been rounded down to where it is, is not behind", () => {
    const start = on("2020-12-31", 0);
    expect(trajectory([start, on("2025-12-31", 2.4, "about")], by2030, today).state).toBe("on_track");
    expect(trajectory([start, on("2025-12-31", 2.4)], by2030, today).state).toBe("behind");
  });

  test("less is better where the indicator says so, or where the target lies below", () => {
    const figures = [on("2020-12-31", 10), on("2025-12-31", 7)];
    for (const direction of ["decrease", "none", undefined] as const) {
      expect(trajectory(figures, { value: 5, latest: "2030-12-31", direction }, today).state).toBe("on_track");
      expect(trajectory(figures, { value: 1, latest: "2030-12-31", direction }, today).state).toBe("behind");
      expect(trajectory(figures, { value: 7, latest: "2030-12-31", direction }, today).state).toBe("reached");
    }
  });

  test("a target that is met is reached: with one figure, without a date, and after it", () => {
    const met = on("2024", 5.1);
    for (const latest of [null, "2020-12-31", "2030-12-31"]) {
      expect(trajectory([met], { value: 5, latest, direction: "increase" }, today)).toEqual({
        state: "reached",
        reason: "target_met",
        figure: met,
      });
    }
    expect(trajectory([on("2024", 5, "more_than")], by2030, today).state).toBe("reached");
    expect(trajectory([on("2024", 5, "less_than")], by2030, today).state).not.toBe("reached");
    expect(trajectory([on("2024", 6, "predicted")], by2030, today).state).not.toBe("reached");
    expect(trajectory([met, on("2025", 4)], by2030, today).state).not.toBe("reached");
  });

  test("when the target date is over, a figure of that day or later decides, and without one nobody has said", () => {
    const goal: Goal = { value: 5, latest: "2025-12-31", direction: "increase" };
    const before = [on("2020", 1), on("2024", 4)];
    expect(trajectory(before, goal, today)).toEqual({
      state: "cannot_assess",
      reason: "no_figure_since_target_date",
    });
    expect(trajectory([...before, on("2025", 4.5)], goal, today)).toMatchObject({
      state: "behind",
      reason: "target_missed",
      expected: 5,
    });
    expect(trajectory([on("2025", 4.5)], goal, today).state).toBe("behind");
    expect(trajectory([...before, on("2025", 5)], goal, today).state).toBe("reached");
  });

  const anySeries = fc.array(
    fc.record({
      value: fc.integer({ min: -1000, max: 1000 }),
      day: fc.integer({ min: -3000, max: 600 }).map((days) => addDays(today, days)),
      qualifier: fc.constantFrom("exact", "about", "registered", "predicted"),
    }),
    { maxLength: 8 },
  );
  const anyGoal: fc.Arbitrary<Goal> = fc.record({
    value: fc.integer({ min: -1000, max: 1000 }),
    latest: fc.option(fc.integer({ min: -2000, max: 2000 }).map((days) => addDays(today, days))),
    direction: fc.constantFrom("increase", "decrease", "none", undefined),
  });

  test("has an answer for everything, whatever order the figures come in", () => {
    fc.assert(
      fc.property(anySeries, anyGoal, fc.infiniteStream(fc.nat()), (series, goal, random) => {
        const figures = series.map(({ value, day, qualifier }) => on(day, value, qualifier));
        const answer = trajectory(figures, goal, today);
        const shuffled = figures
          .map((one) => ({ one, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(trajectory(shuffled, goal, today)).toEqual(answer);
        if (answer.state === "on_track" || answer.state === "behind")
          expect(Number.isFinite(answer.expected)).toBe(true);
        if (goal.latest === null) expect(["reached", "cannot_assess"]).toContain(answer.state);
      }),
      { numRuns: 1000 },
    );
  });

  test("a series on the line is on track, and one under it by more than rounding is behind", () => {
    const anyLine = fc.tuple(
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 2, max: 2000 }),
      fc.integer({ min: 1, max: 1999 }),
    );
    fc.assert(
      fc.property(anyLine, fc.boolean(), ([start, rise, length, at], up) => {
        fc.pre(at < length);
        const sign = up ? 1 : -1;
        const goal: Goal = { value: start + sign * rise, latest: addDays("2026-01-01", length) };
        // Four decimals, as the register keeps; never on the wrong side of the line.
        const value = (sign * Math.ceil(sign * (start + (sign * rise * at) / length) * 1e4)) / 1e4;
        const now = addDays("2026-01-01", at);
        const series = (last: number) => [on("2026-01-01", start), on(now, last)];
        expect(trajectory(series(value), goal, now).state).toBe("on_track");
        expect(trajectory(series(value - sign * (Math.abs(value) * 0.06 + 1)), goal, now).state).toBe("behind");
      }),
    );
  });
});
