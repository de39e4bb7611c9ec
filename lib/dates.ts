import { Date as ExtDate, type ParsedDate, type ParsedSeason, parse, Season } from "edtf";

/** A calendar day of the Gregorian calendar, `YYYY-MM-DD`, years 0001 to 9999. Days sort and compare as text. */
export type Day = string;

/** The first and the last day that something allows; null where it sets no limit. */
export type Bounds = { earliest: Day | null; latest: Day | null };

/** How exactly a date is known. `season` is a quarter, a third or a half of a year; `open` an interval without an end. */
type Precision = "day" | "month" | "season" | "year" | "decade" | "interval" | "open";

/** An EDTF value as the register keeps it. `edtf` is its one spelling: parsing that again gives the same. */
export type FuzzyDate = Bounds & {
  edtf: string;
  precision: Precision;
  approximate: boolean;
  uncertain: boolean;
};

/** Why a text can't be a date of the register, as message keys. */
type EdtfError = `errors.date.${
  | "empty"
  | "tooLong"
  | "notEdtf"
  | "noSuchDay"
  | "year"
  | "time"
  | "set"
  | "season"
  | "vague"
  | "reversed"}`;

/** A deadline: what the text says, its EDTF value, and the first and last day which these (and its anchor) allow. */
export type Deadline = Bounds & { phrase: string | null; edtf: string | null };

const dayLength = 86_400_000;
const longestEdtf = 64;

/** Whether a text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001") return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days since 1970-01-01, for arithmetic with many days. @throws RangeError if the text is no day. */
export function numberOf(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day.slice(0, longestEdtf)}`);
  return Date.parse(`${day}T00:00:00Z`) / dayLength;
}

/** The day with that number: the way back. @throws RangeError outside years 0001 to 9999. */
export function dayOf(number: number): Day {
  const date = new Date(number * dayLength);
  const year = date.getUTCFullYear();
  if (!Number.isInteger(number) || !(year >= 1 && year <= 9999)) throw new RangeError(`no such day: ${number}`);
  return date.toISOString().slice(0, 10);
}

/** The day that is `days` after another; negative for before. @throws RangeError outside years 0001 to 9999. */
export function addDays(day: Day, days: number): Day {
  return dayOf(numberOf(day) + days);
}

/** Days from one day to another: 0 on the same day, negative if `to` is before `from`. @throws RangeError if not days. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of a moment in a time zone (IANA name).
 * @throws RangeError on an unknown zone, an invalid moment, and outside years 0001 to 9999.
 */
export function today(now: Date, timeZone: string): Day {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    calendar = new Intl.DateTimeFormat("en", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      era: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    calendars.set(timeZone, calendar);
  }
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of calendar.formatToParts(now)) parts[type] = value;
  const day = `${parts.year?.padStart(4, "0")}-${parts.month}-${parts.day}`;
  if (parts.era !== "AD" || !isDay(day)) throw new RangeError("a moment outside years 0001 to 9999");
  return day;
}

/** Thrown inside parseEdtf only: a refusal from deep within one end of an interval. */
class Refusal extends Error {
  readonly error: EdtfError;
  constructor(error: EdtfError) {
    super(error);
    this.error = error;
  }
}

/**
 * Reads EDTF (ISO 8601-2) as far as a register of deadlines can use it: days, months, years, `202X`, quarters (`2026-33`
 * to `-36`), thirds (`-37` to `-39`) and halves (`-40`, `-41`) of a year, intervals with open (`..`) or unknown ends, and
 * the marks `~`, `?` and `%`, which leave the bounds as they are. `..` alone sets no limit at all. An interval runs
 * from the first day of its start to the last day of its end.
 *
 * Refused: times, sets and lists, years outside 0001 to 9999, other unspecified digits and bare decades (`202` is more
 * often a year half typed), and the seasons 21 to 32, for which no two countries have the same first day. Never throws.
 */
export function parseEdtf(text: string): Parsed {
  // A file of ten thousand rows has some hundred dates, and the grammar takes a tenth of a millisecond for each.
  let parsed = lately.get(text);
  if (!parsed) {
    parsed = parseAnew(text);
    if (lately.size >= mostKept) lately.clear();
    if (text.length <= longestEdtf) lately.set(text, parsed);
  }
  return parsed.ok ? { ok: true, value: { ...parsed.value } } : parsed;
}

type Parsed = { ok: true; value: FuzzyDate } | { ok: false; error: EdtfError };

const lately = new Map<string, Parsed>();
const mostKept = 5000;

function parseAnew(text: string): Parsed {
  try {
    return { ok: true, value: read(text.trim()) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    // The parser's own errors tell where its grammar stopped, in English and with the input: of no use to a reader.
    return { ok: false, error: "errors.date.notEdtf" };
  }
}

function read(text: string): FuzzyDate {
  if (text === "") throw new Refusal("errors.date.empty");
  // The grammar is ambiguous in places, so that the time to parse grows faster than the text.
  if (text.length > longestEdtf) throw new Refusal("errors.date.tooLong");
  if (/^[[{]/.test(text)) throw new Refusal("errors.date.set");
  // The package would refuse an interval within one day and one between quarters: its ends are read one by one.
  const [start = "", end, ...rest] = text.split("/");
  if (rest.length > 0) throw new Refusal("errors.date.notEdtf");
  if (end !== undefined) return between(start, end);
  return text === ".." ? whole : readOne(text);
}

const whole: FuzzyDate = {
  edtf: "..",
  earliest: null,
  latest: null,
  precision: "open",
  approximate: false,
  uncertain: false,
};

function between(start: string, end: string): FuzzyDate {
  const from = isOpen(start) ? null : readOne(start);
  const to = isOpen(end) ? null : readOne(end);
  if (!from && !to) return whole;
  const earliest = from?.earliest ?? null;
  const latest = to?.latest ?? null;
  if (earliest && latest && latest < earliest) throw new Refusal("errors.date.reversed");
  return {
    edtf: `${from?.edtf ?? start}/${to?.edtf ?? end}`,
    earliest,
    latest,
    precision: from && to ? "interval" : "open",
    approximate: Boolean(from?.approximate || to?.approximate),
    uncertain: Boolean(from?.uncertain || to?.uncertain),
  };
}

const isOpen = (end: string) => end === ".." || end === "";

const yearAndDivision = /^[?~%]?\d{4}[?~%]?-[?~%]?(2[1-9]|3\d|4[01])[?~%]?$/;
const yearMonthDay = /^\d{4}-\d\d(-\d\d)?$/;

function readOne(text: string): FuzzyDate {
  if (/^(-\d|Y)/.test(text)) throw new Refusal("errors.date.year");
  if (/^\d{4}-\d\d-\d\d[Tt ]\d/.test(text)) throw new Refusal("errors.date.time");
  const parsed = parseOrExplain(text);
  if (parsed.type !== "Date" && parsed.type !== "Season") throw new Refusal("errors.date.vague");
  const exact = parsed.type === "Date" ? readDate(parsed) : readDivision(parsed);
  const approximate = Boolean(parsed.approximate);
  const uncertain = Boolean(parsed.uncertain);
  if (!approximate && !uncertain) return { ...exact, approximate, uncertain };
  const { edtf } = parsed.type === "Date" ? new ExtDate(parsed) : new Season(parsed);
  return { ...exact, edtf, approximate, uncertain };
}

function parseOrExplain(text: string) {
  try {
    // Allowed always, marks on seasons would make the package read 2026-XX-XX as one.
    return parse(text, { seasonUncertainty: yearAndDivision.test(text) });
  } catch (error) {
    if (yearMonthDay.test(text)) throw new Refusal("errors.date.noSuchDay");
    throw error;
  }
}

type Exact = Bounds & { edtf: string; precision: Precision };

// The divisions of the year that have a first and a last month: quarters, thirds, halves.
const divisions: Record<number, readonly [number, number]> = {
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

function readDivision({ values: [year, division], unspecified }: ParsedSeason): Exact {
  if (unspecified) throw new Refusal("errors.date.vague");
  const months = divisions[division];
  if (!months) throw new Refusal("errors.date.season");
  const [start, end] = months;
  const edtf = `${fourDigits(year)}-${division}`;
  return { edtf, earliest: firstOfMonth(year, start), latest: lastOfMonth(year, end), precision: "season" };
}

function readDate(parsed: ParsedDate): Exact {
  if (parsed.values.length > 3) throw new Refusal("errors.date.time");
  return parsed.unspecified === lastOfYear ? readDecade(parsed) : boundsOf(knownValues(parsed));
}

// Bits of `unspecified`: four digits of the year, two of the month, two of the day.
const lastOfYear = 0b1000;
const monthDigits = 0b110000;
const dayDigits = 0b11000000;

/** The parts that are known: `2026-XX` is the year 2026, `2026-04-XX` the month. */
function knownValues({ values, unspecified = 0 }: ParsedDate): number[] {
  if (unspecified === 0) return values;
  if (unspecified === dayDigits && values.length === 3) return values.slice(0, 2);
  if (unspecified === monthDigits && values.length === 2) return values.slice(0, 1);
  if (unspecified === (monthDigits | dayDigits)) return values.slice(0, 1);
  throw new Refusal("errors.date.vague");
}

function readDecade({ values }: ParsedDate): Exact {
  const [year = 0] = values;
  if (values.length > 1) throw new Refusal("errors.date.vague");
  const edtf = `${fourDigits(year).slice(0, 3)}X`;
  return { edtf, earliest: firstOfMonth(year, 1), latest: lastOfMonth(year + 9, 12), precision: "decade" };
}

function boundsOf([year = 0, month0, day]: number[]): Exact {
  if (month0 === undefined) {
    const edtf = fourDigits(year);
    return { edtf, earliest: firstOfMonth(year, 1), latest: lastOfMonth(year, 12), precision: "year" };
  }
  const earliest = firstOfMonth(year, month0 + 1);
  const edtf = earliest.slice(0, 7);
  if (day === undefined) return { edtf, earliest, latest: lastOfMonth(year, month0 + 1), precision: "month" };
  const only = `${edtf}-${twoDigits(day)}`;
  // The grammar knows that April has 30 days but not which years have a 29 February.
  if (!isDay(only)) throw new Refusal("errors.date.noSuchDay");
  return { edtf: only, earliest: only, latest: only, precision: "day" };
}

const fourDigits = (year: number) => String(year).padStart(4, "0");
const twoDigits = (part: number) => String(part).padStart(2, "0");

function firstOfMonth(year: number, month: number): Day {
  if (year < 1) throw new Refusal("errors.date.year");
  return `${fourDigits(year)}-${twoDigits(month)}-01`;
}

function lastOfMonth(year: number, month: number): Day {
  if (month === 12) return `${fourDigits(year)}-12-31`;
  return addDays(firstOfMonth(year, month + 1), -1);
}

/**
 * A deadline with its bounds.
 *
 * `anchor` holds the bounds of the event that the deadline is tied to. Without an EDTF value of its own, a deadline has
 * the event's bounds. With both ("by 2026, in time for the congress") it is whichever comes first, because both must
 * be kept: the earlier of the two first days and the earlier of the two last days. So a congress that moves to January
 * 2026 pulls the deadline forward, and one that moves to 2027 does not push it past the year that was promised. An event
 * without any date says nothing, and the deadline's own value stands.
 *
 * @throws RangeError if `edtf` is no EDTF value of the register: parse it first (`parseEdtf`).
 */
export function deadlineOf({
  phrase,
  edtf,
  anchor,
}: {
  phrase: string | null;
  edtf: string | null;
  anchor?: Bounds | null;
}): Deadline {
  const event = anchor && (anchor.earliest || anchor.latest) ? anchor : null;
  if (edtf === null) return { phrase, edtf, earliest: event?.earliest ?? null, latest: event?.latest ?? null };
  const parsed = parseEdtf(edtf);
  if (!parsed.ok) throw new RangeError(`${parsed.error}: ${edtf.slice(0, longestEdtf)}`);
  const own = parsed.value;
  if (!event) return { phrase, edtf: own.edtf, earliest: own.earliest, latest: own.latest };
  return {
    phrase,
    edtf: own.edtf,
    earliest: own.earliest && event.earliest ? first(own.earliest, event.earliest) : null,
    latest: own.latest && event.latest ? first(own.latest, event.latest) : (own.latest ?? event.latest),
  };
}

const first = (a: Day, b: Day): Day => (a < b ? a : b);
