import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";

type Key =
  `dates.${"about" | "uncertain" | "aboutUncertain" | "until" | "from" | "between" | "any" | "decade" | "quarter" | "third" | "half"}`;
type Say = (key: Key, values?: Record<string, string | number>) => string;

/**
 * An EDTF value of the register (lib/dates.ts) as people write dates: `2025-12~` "about December 2025", `2021/2025`
 * "2021–2025", `../2024-01-06` "by 6 January 2024". What is no EDTF value comes back as it is.
 */
export function showEdtf(t: Say, locale: Locale, edtf: string): string {
  const [start = "", end] = edtf.split("/");
  if (end === undefined) return isOpen(start) ? t("dates.any") : showOne(t, locale, start);
  if (isOpen(start)) return isOpen(end) ? t("dates.any") : t("dates.until", { date: showOne(t, locale, end) });
  if (isOpen(end)) return t("dates.from", { date: showOne(t, locale, start) });
  if (isYear(start) && isYear(end)) return `${start}–${end}`;
  if (isExact(start) && isExact(end)) return format(locale).range(start, end);
  return t("dates.between", { from: showOne(t, locale, start), to: showOne(t, locale, end) });
}

const isOpen = (end: string) => end === ".." || end === "";
const isExact = (text: string) => /^\d{4}-(0\d|1[0-2])(-\d\d)?$/.test(text);
const isYear = (text: string) => /^\d{4}$/.test(text);

function showOne(t: Say, locale: Locale, marked: string): string {
  const mark = marked.at(-1) ?? "";
  const date = showPlain(t, locale, "~?%".includes(mark) ? marked.slice(0, -1) : marked);
  if (mark === "~") return t("dates.about", { date });
  if (mark === "?") return t("dates.uncertain", { date });
  return mark === "%" ? t("dates.aboutUncertain", { date }) : date;
}

function showPlain(t: Say, locale: Locale, date: string): string {
  const decade = /^(\d{3})X$/.exec(date);
  if (decade) return t("dates.decade", { year: `${decade[1]}0` });
  const division = /^(\d{4})-(3[3-9]|4[01])$/.exec(date);
  if (!division) return format(locale).date(date);
  const [year = "", code] = [division[1], Number(division[2])];
  if (code <= 36) return t("dates.quarter", { number: code - 32, year });
  if (code <= 39) return t("dates.third", { number: code - 36, year });
  return t("dates.half", { number: code - 39, year });
}
