import { type Bounds, type Day, dayOf, numberOf, parseEdtf } from "#lib/dates.ts";
import type { Zoom } from "./schema.ts";

/** A record over time, and where that is drawn: pure. Days are their numbers (lib/dates.ts), so that they can be drawn. */

/**
 * `start`: when it was promised or began; null: not known. Until `sure` it is surely not over. Between there and `last` the
 * date leaves open when it ends. `last` null: it has no last day.
 */
export type Span = { start: number | null; sure: number | null; last: number | null };

/** The dates of a record. `made`: when it was promised at the latest known; `ends`: of an instrument. */
export type Dated = {
  edtf: string | null;
  earliest: Day | null;
  latest: Day | null;
  made: Day | null;
  signed: string | null;
  inEffectFrom: string | null;
  ends: string | null;
};

/** An instrument runs from its signature to its end, or to its deadline where it names none; others to their deadline. */
export function spanOf({ edtf, earliest, latest, made, signed, inEffectFrom, ends }: Dated): Span {
  const deadline = endOf(edtf, { earliest, latest });
  const end = ends === null ? deadline.end : endOf(ends, boundsOf(ends)).end;
  const started = [boundsOf(signed).earliest, boundsOf(inEffectFrom).earliest, deadline.start, made];
  const start = started.find((day) => day !== null && (end.latest === null || day <= end.latest)) ?? null;
  const sure = end.earliest !== null && start !== null && end.earliest < start ? start : end.earliest;
  const number = (day: Day | null) => (day === null ? null : numberOf(day));
  return { start: number(start), sure: number(sure ?? start), last: number(end.latest) };
}

/** The first and the last day on which something that has this date may end, and when it starts where it is an interval. */
function endOf(edtf: string | null, bounds: Bounds): { start: Day | null; end: Bounds } {
  const [from, to] = edtf?.split("/") ?? [];
  if (to === undefined) return { start: null, end: bounds };
  const last = boundsOf(to);
  // Tied to an event, it may end before the interval does.
  const latest = bounds.latest ?? last.latest;
  const first = last.earliest !== null && latest !== null && last.earliest > latest ? latest : last.earliest;
  return { start: boundsOf(from ?? null).earliest, end: { earliest: first, latest } };
}

const known = new Map<string, Bounds>();

function boundsOf(edtf: string | null): Bounds {
  if (!edtf) return { earliest: null, latest: null };
  let bounds = known.get(edtf);
  if (!bounds) {
    const parsed = parseEdtf(edtf);
    bounds = parsed.ok
      ? { earliest: parsed.value.earliest, latest: parsed.value.latest }
      : { earliest: null, latest: null };
    // Few values for many records; a register that says everything differently is started anew.
    if (known.size > 5000) known.clear();
    known.set(edtf, bounds);
  }
  return bounds;
}

/** The years that a picture covers, in days: from the first day of a year to that of another. */
export type Range = { from: number; to: number };

/** No picture is longer: what lies outside is drawn at its edge. */
const mostYears = 100;

/** Whole years around everything that is drawn, and around today with a year to spare. */
export function rangeOf(days: readonly (number | null)[], today: Day): Range {
  const now = Number(today.slice(0, 4));
  let [first, last] = [now - 1, now + 1];
  for (const day of days) {
    if (day === null) continue;
    const year = Number(dayOf(day).slice(0, 4));
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return {
    from: firstOf(Math.max(first, now - mostYears / 2)),
    to: firstOf(Math.min(last, now + mostYears / 2 - 1) + 1),
  };
}

const firstOf = (year: number, month = 1) =>
  numberOf(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`);

/** Pixels of a day. */
export const scales: Record<Zoom, number> = {
  year: 64 / 365.25,
  quarter: (4 * 88) / 365.25,
  month: (12 * 76) / 365.25,
};

/** Where a day stands, in pixels from the left; what is outside stands at the edge. */
export function placeOf(day: number, { from, to }: Range, zoom: Zoom): number {
  return Math.round((Math.min(Math.max(day, from), to) - from) * scales[zoom] * 10) / 10;
}

/** The beginnings of years, quarters or months in a range: `at` as a day's number, `text` "2026", "2026-2" or "2026-04". */
export function ticksOf({ from, to }: Range, zoom: Zoom): { at: number; text: string }[] {
  const months = { year: 12, quarter: 3, month: 1 }[zoom];
  const ticks: { at: number; text: string }[] = [];
  for (let year = Number(dayOf(from).slice(0, 4)); firstOf(year) < to; year++) {
    for (let month = 1; month <= 12; month += months) {
      const text = {
        year: `${year}`,
        quarter: `${year}-${(month + 2) / 3}`,
        month: `${year}-${String(month).padStart(2, "0")}`,
      };
      ticks.push({ at: firstOf(year, month), text: text[zoom] });
    }
  }
  return ticks;
}

/** Which rows to draw: those that are in view, and some around them. */
export function windowOf(
  { top, height, row, count }: { top: number; height: number; row: number; count: number },
  spare = 12,
): { first: number; end: number } {
  // In steps, so that not every pixel draws anew.
  const first = Math.max(0, Math.floor(top / row / 6) * 6 - spare);
  return { first: Math.min(first, count), end: Math.min(count, Math.ceil((top + height) / row / 6) * 6 + spare) };
}
