import type { Locale } from "#lib/i18n/locales.ts";

/** Where the team's day begins and ends. Moments are shown in it; calendar dates have no zone. */
export const teamTimeZone = "Asia/Ho_Chi_Minh";

// English here is the international one: 5 November 2026, never 11/5/2026.
const tags: Record<Locale, string> = { en: "en-GB", vi: "vi-VN", lo: "lo-LA" };

/** Dates, numbers and money as a reader of one language writes them. */
export type Format = {
  /** `2026-11-05`, `2026-11` or `2026` in full words. Anything else is given back as it is. */
  date(day: string): string;
  /** The same, as short as a table needs. */
  shortDate(day: string): string;
  /** A moment with its time of day, in the team's zone. */
  moment(at: Date | string): string;
  /** The calendar day (team's zone) of a moment, short. */
  day(at: Date | string): string;
  /** `in 3 days`, `yesterday`; whole days, negative for the past. */
  relativeDays(days: number): string;
  /** `24 – 25 April 2025`, `June – December 2024`: two days, or two months, long. */
  range(from: string, to: string): string;
  /** An ISO weekday, 1 Monday to 7 Sunday. */
  weekday(day: number): string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  /** `0.12` as `12%`. */
  percent(share: number): string;
  /** An amount with its ISO 4217 code. Values of a million and more are rounded into words unless `exact`. */
  money(amount: number, currency: string, how?: "exact"): string;
  list(items: readonly string[]): string;
  compare(a: string, b: string): number;
};

const partialDay = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function create(locale: Locale): Format {
  const tag = tags[locale];
  // Calendar dates are read and shown in UTC, so that no zone moves them to a neighbouring day.
  const calendar = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { ...options, calendar: "gregory", timeZone: "UTC" });
  const long = {
    day: calendar({ day: "numeric", month: "long", year: "numeric" }),
    month: calendar({ month: "long", year: "numeric" }),
    year: calendar({ year: "numeric" }),
  };
  const short = {
    day: calendar({ day: "numeric", month: "short", year: "numeric" }),
    month: calendar({ month: "short", year: "numeric" }),
    year: long.year,
  };
  const inZone = { calendar: "gregory", timeZone: teamTimeZone, hourCycle: "h23" } as const;
  const clock = new Intl.DateTimeFormat(tag, { ...inZone, hour: "2-digit", minute: "2-digit" });
  const isoDay = new Intl.DateTimeFormat("sv-SE", { ...inZone, dateStyle: "short" });
  const weekday = calendar({ weekday: "long" });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  const words = new Intl.NumberFormat(tag, {
    notation: "compact",
    compactDisplay: "long",
    maximumSignificantDigits: 6,
  });
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  const collator = new Intl.Collator(tag, { numeric: true });

  function show(style: typeof long, text: string): string {
    const match = partialDay.exec(text);
    if (!match) return text;
    const [, year, month, day] = match;
    // Vietnamese and Lao offices write short dates in figures.
    if (style === short && locale !== "en") return [day, month, year].filter(Boolean).join("/");
    const date = new Date(`${year}-${month ?? "01"}-${day ?? "01"}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) return text;
    return inFull((day ? style.day : month ? style.month : style.year).format(date));
  }
  // CLDR writes "5 tháng 11, 2026"; Vietnamese offices write "5 tháng 11 năm 2026".
  const inFull = (shown: string) => (locale === "vi" ? shown.replaceAll(/(tháng \d+), /g, "$1 năm ") : shown);
  function range(from: string, to: string): string {
    const [, , month, day] = partialDay.exec(from) ?? [];
    // CLDR has figures for most Lao ranges, which would stand among dates in words.
    if (locale === "lo" || !month || from.length !== to.length) return `${show(long, from)} – ${show(long, to)}`;
    const [start, end] = [from, to].map((text) => new Date(`${day ? text : `${text}-01`}T00:00:00Z`));
    if (!start || !end || !(start <= end)) return `${show(long, from)} – ${show(long, to)}`;
    return inFull((day ? long.day : long.month).formatRange(start, end));
  }
  const dayOf = (at: Date | string) => isoDay.format(new Date(at));

  return {
    date: (day) => show(long, day),
    shortDate: (day) => show(short, day),
    moment: (at) => `${show(short, dayOf(at))} ${clock.format(new Date(at))}`,
    day: (at) => show(short, dayOf(at)),
    relativeDays: (days) => relative.format(days, "day"),
    range,
    // 5 January 1970 was a Monday.
    weekday: (day) => weekday.format(new Date(Date.UTC(1970, 0, 4 + day))),
    number: (value, options) => (options ? new Intl.NumberFormat(tag, options) : plain).format(value),
    percent: (share) => percent.format(share),
    money(amount, currency, how) {
      const value = how !== "exact" && Math.abs(amount) >= 1_000_000 ? words.format(amount) : plain.format(amount);
      return locale === "en" ? `${currency} ${value}` : `${value} ${currency}`;
    },
    list: (items) => list.format(items),
    compare: (a, b) => collator.compare(a, b),
  };
}

const formats = new Map<Locale, Format>();

/** The formats of a language. Intl objects are dear to make, so each language has one set for the whole process. */
export function format(locale: Locale): Format {
  let found = formats.get(locale);
  if (!found) {
    found = create(locale);
    formats.set(locale, found);
  }
  return found;
}
