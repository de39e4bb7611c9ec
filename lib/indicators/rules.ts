import { type Bounds, type Day, daysBetween } from "#lib/dates.ts";
import type { Direction } from "#prisma/generated/enums.ts";

/**
 * A figure as a source gives it. The bounds say which day or period it speaks of. `kind` says what it covers, where that
 * matters: "part_year" and "full_year" figures of one indicator are not to be set side by side.
 */
export type Figure = Bounds & { value: number; qualifier: string; kind?: string | null };

/**
 * How two figures of one indicator stand to each other.
 * - `different`: they measure different things.
 * - `follows`: the second is of a later time.
 * - `agrees`: one time, and both can be right.
 * - `conflicts`: one time, and they can't both be right.
 * - `cannot_tell`: they differ, and at least one does not say of when it is.
 */
export type Relation = "different" | "follows" | "agrees" | "conflicts" | "cannot_tell";

// Words on how exact the number is. Any other qualifier says what was measured: registered, implemented, predicted ...
const exactness = ["exact", "about", "more_than", "less_than"];

/** What a figure measures. Only figures with the same answer can be compared. */
export function measureOf({ qualifier, kind }: Figure): string {
  return `${exactness.includes(qualifier) ? "stated" : qualifier} ${kind ?? ""}`;
}

// Press texts round, and "about" and "more than" are not said of just any number. These are as much as we believe them.
const aboutShare = 0.05;
const moreThanShare = 0.1;

/**
 * The numbers that a figure may stand for: what rounds to it, taking its digits but at least two of them as meant (5.5
 * stands for 5.45 to 5.55, so 5.47 agrees with it; 241 for 240.5 to 241.5); 5 % to either side of "about"; up to a tenth
 * more or less for "more than" and "less than".
 */
export function rangeOf({ value, qualifier }: Figure): [low: number, high: number] {
  const size = Math.abs(value);
  if (qualifier === "about") return [value - size * aboutShare, value + size * aboutShare];
  if (qualifier === "more_than") return [value, value + size * moreThanShare];
  if (qualifier === "less_than") return [value - size * moreThanShare, value];
  const half = halfOfLastDigit(size);
  return [value - half, value + half];
}

/** Half a unit of the last digit that a number is given with, or of its second digit if it has fewer. */
function halfOfLastDigit(size: number): number {
  if (size === 0) return 0;
  const [digits = "", exponent = ""] = size.toExponential().split("e");
  const decimals = Math.max(digits.length - 2, 1);
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

/** Whether two figures can both be right of one and the same thing. */
function canBothBeRight(a: Figure, b: Figure): boolean {
  if (a.value === b.value) return true;
  const [lowA, highA] = rangeOf(a);
  const [lowB, highB] = rangeOf(b);
  return lowA < highB && lowB < highA;
}

const isBefore = (a: Bounds, b: Bounds) => a.latest !== null && b.earliest !== null && a.latest < b.earliest;
const isDated = (a: Bounds) => a.earliest !== null && a.latest !== null;

/** Every pair of an indicator's figures with its relation; in a pair that `follows`, `a` is the earlier one. */
export function relate<F extends Figure>(figures: readonly F[]): { a: F; b: F; relation: Relation }[] {
  return figures.flatMap((a, index) => figures.slice(index + 1).map((b) => relatePair(a, b)));
}

function relatePair<F extends Figure>(a: F, b: F): { a: F; b: F; relation: Relation } {
  if (measureOf(a) !== measureOf(b)) return { a, b, relation: "different" };
  if (isBefore(a, b)) return { a, b, relation: "follows" };
  if (isBefore(b, a)) return { a: b, b: a, relation: "follows" };
  if (canBothBeRight(a, b)) return { a, b, relation: "agrees" };
  return { a, b, relation: isDated(a) && isDated(b) ? "conflicts" : "cannot_tell" };
}

/** Where an indicator stands against a target, with the reason as a key for a message. */
export type Trajectory<F extends Figure = Figure> =
  | { state: "reached"; reason: "target_met"; figure: F }
  | { state: "on_track" | "behind"; reason: "against_line"; figure: F; expected: number }
  | { state: "behind"; reason: "target_missed"; figure: F; expected: number }
  | { state: "cannot_assess"; reason: "no_target_date" | "too_few_figures" | "no_figure_since_target_date" };

/** A target: a number, by the last day of its date; `direction` is its indicator's. */
export type Goal = { value: number; latest: Day | null; direction?: Direction };

/**
 * Whether the latest figure is where a straight line from the first figure to the target would have it. `expected` is
 * the value on that line at the figure's own date, not today: an old figure is not held against today.
 *
 * Only figures that measure the same thing as the latest one count, each at the last day of its period, and neither
 * forecasts ("predicted") nor figures of a time that has not begun. A target that is met is `reached`, also without a
 * target date. One whose date is over without a figure of that day or later can't be assessed: nobody has said.
 */
export function trajectory<F extends Figure>(figures: readonly F[], goal: Goal, today: Day): Trajectory<F> {
  const line = comparable(figures, today);
  const first = line[0];
  const last = line.at(-1);
  const sign = signOf(goal, first?.figure.value ?? goal.value);
  if (last && meets(last.figure, goal.value, sign)) {
    return { state: "reached", reason: "target_met", figure: last.figure };
  }
  if (goal.latest === null) return { state: "cannot_assess", reason: "no_target_date" };
  if (last && last.day >= goal.latest) {
    return { state: "behind", reason: "target_missed", figure: last.figure, expected: goal.value };
  }
  if (!first || !last || first.day === last.day) return { state: "cannot_assess", reason: "too_few_figures" };
  if (goal.latest < today) return { state: "cannot_assess", reason: "no_figure_since_target_date" };
  const share = daysBetween(first.day, last.day) / daysBetween(first.day, goal.latest);
  const expected = first.figure.value + (goal.value - first.figure.value) * share;
  const [low, high] = rangeOf(last.figure);
  const onTrack = sign > 0 ? high >= expected : low <= expected;
  return { state: onTrack ? "on_track" : "behind", reason: "against_line", figure: last.figure, expected };
}

type Point<F> = { day: Day; figure: F };

/** The dated figures that can be set beside the latest one, oldest first, whatever order they are given in. */
function comparable<F extends Figure>(figures: readonly F[], today: Day): Point<F>[] {
  const points = figures.flatMap((figure): Point<F>[] => {
    const begun = figure.earliest === null || figure.earliest <= today;
    return figure.latest !== null && begun && figure.qualifier !== "predicted" ? [{ day: figure.latest, figure }] : [];
  });
  points.sort(
    (a, b) =>
      compare(a.day, b.day) || compare(measureOf(a.figure), measureOf(b.figure)) || a.figure.value - b.figure.value,
  );
  const last = points.at(-1);
  return last ? points.filter(({ figure }) => measureOf(figure) === measureOf(last.figure)) : [];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** 1 if more is better, -1 if less is. An indicator without a direction goes from its first figure to the target. */
function signOf({ value, direction }: Goal, start: number): 1 | -1 {
  if (direction === "increase") return 1;
  if (direction === "decrease") return -1;
  return start <= value ? 1 : -1;
}

/** "Less than five" does not show that five is reached, nor "more than five" that it came down to it. */
function meets(figure: Figure, target: number, sign: 1 | -1): boolean {
  const [low, high] = rangeOf(figure);
  if (sign > 0) return (figure.qualifier === "less_than" ? low : figure.value) >= target;
  return (figure.qualifier === "more_than" ? high : figure.value) <= target;
}
