import fc from "fast-check";
import type { Day, FuzzyDate } from "#lib/dates.ts";

// Oracles and generators that share nothing with lib/dates.ts: leap years by rule, day numbers by the formula of Fliegel
// and Van Flandern, bounds known from the parts which a value was put together from.

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const lengths = (year: number) => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const pad = (part: number, digits = 2) => `${part}`.padStart(digits, "0");
export const write = (year: number, month: number, day: number): Day => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
export const lengthOf = (year: number, month: number) => lengths(year)[month - 1] ?? 0;

export function julianDayNumber(year: number, month: number, day: number): number {
  const a = Math.trunc((month - 14) / 12);
  const century = Math.trunc((3 * Math.trunc((year + 4900 + a) / 100)) / 4);
  return (
    Math.trunc((1461 * (year + 4800 + a)) / 4) + Math.trunc((367 * (month - 2 - 12 * a)) / 12) - century + day - 32075
  );
}

const anyYear = fc.oneof(
  fc.integer({ min: 1, max: 9999 }),
  fc.integer({ min: 1990, max: 2050 }),
  fc.constantFrom(1, 4, 99, 100, 400, 1900, 2000, 2100, 9999),
);
const anyMonth = fc.integer({ min: 1, max: 12 });
export const anyParts = fc
  .tuple(anyYear, anyMonth, fc.integer({ min: 1, max: 31 }))
  .map(([year, month, day]) => [year, month, Math.min(day, lengthOf(year, month))] as const);
export const anyDay = anyParts.map(([year, month, day]) => write(year, month, day));

const marks = [
  { mark: "", approximate: false, uncertain: false },
  { mark: "~", approximate: true, uncertain: false },
  { mark: "?", approximate: false, uncertain: true },
  { mark: "%", approximate: true, uncertain: true },
];
const anyMark = fc.constantFrom(...marks);

const monthsOf: Record<number, [number, number]> = {
  33: [1, 3],
  34: [4, 6],
  35: [7, 9],
  36: [10, 12],
  37: [1, 4],
  38: [5, 8],
  39: [9, 12],
  40: [1, 6],
  41: [7, 12],
};

/** A value in EDTF with what it must be read as. */
export type Known = FuzzyDate & { text: string };

function known(text: string, precision: FuzzyDate["precision"], earliest: Day, latest: Day, spelled = text): Known {
  return { text, edtf: spelled, precision, earliest, latest, approximate: false, uncertain: false };
}

const unmarked: fc.Arbitrary<Known> = fc.oneof(
  anyYear.map((year) => known(pad(year, 4), "year", write(year, 1, 1), write(year, 12, 31))),
  anyParts.map(([year, month]) =>
    known(`${pad(year, 4)}-${pad(month)}`, "month", write(year, month, 1), write(year, month, lengthOf(year, month))),
  ),
  anyDay.map((day) => known(day, "day", day, day)),
  fc.tuple(anyYear, fc.integer({ min: 33, max: 41 })).map(([year, division]) => {
    const [from, to] = monthsOf[division] ?? [1, 12];
    return known(`${pad(year, 4)}-${division}`, "season", write(year, from, 1), write(year, to, lengthOf(year, to)));
  }),
);

const marked = fc.tuple(unmarked, anyMark).map(([value, { mark, approximate, uncertain }]) => ({
  ...value,
  text: value.text + mark,
  edtf: value.edtf + mark,
  approximate,
  uncertain,
}));

const withUnspecified: fc.Arbitrary<Known> = fc.oneof(
  fc
    .integer({ min: 1, max: 999 })
    .map((decade) => known(`${pad(decade, 3)}X`, "decade", write(decade * 10, 1, 1), write(decade * 10 + 9, 12, 31))),
  fc
    .tuple(anyYear, fc.constantFrom("-XX", "-XX-XX"))
    .map(([year, rest]) =>
      known(`${pad(year, 4)}${rest}`, "year", write(year, 1, 1), write(year, 12, 31), pad(year, 4)),
    ),
  anyParts.map(([year, month]) => {
    const text = `${pad(year, 4)}-${pad(month)}`;
    return known(`${text}-XX`, "month", write(year, month, 1), write(year, month, lengthOf(year, month)), text);
  }),
);

export const anySingle: fc.Arbitrary<Known> = fc.oneof({ weight: 3, arbitrary: marked }, withUnspecified);

const anyInterval: fc.Arbitrary<Known> = fc
  .tuple(anySingle, anySingle)
  .map(([a, b]): [Known, Known] => ((a.earliest ?? "") <= (b.latest ?? "") ? [a, b] : [b, a]))
  .map(([from, to]) => ({
    text: `${from.text}/${to.text}`,
    edtf: `${from.edtf}/${to.edtf}`,
    precision: "interval",
    earliest: from.earliest,
    latest: to.latest,
    approximate: from.approximate || to.approximate,
    uncertain: from.uncertain || to.uncertain,
  }));

const anyHalfOpen: fc.Arbitrary<Known> = fc
  .tuple(anySingle, fc.constantFrom("..", ""), fc.boolean())
  .map(([one, end, startIsOpen]) => ({
    ...one,
    precision: "open",
    text: startIsOpen ? `${end}/${one.text}` : `${one.text}/${end}`,
    edtf: startIsOpen ? `${end}/${one.edtf}` : `${one.edtf}/${end}`,
    earliest: startIsOpen ? null : one.earliest,
    latest: startIsOpen ? one.latest : null,
  }));

export const anyKnown = fc.oneof(anySingle, anyInterval, anyHalfOpen);
