import { z } from "zod";
import { type Day, isDay } from "#lib/dates.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";

/** What a report's address says: `?day=2026-11-21&known=2026-11-21&lang=vi`. */
export type Asked = {
  /** How things stood at the end of that day. */
  day: Day;
  /** As was known at the end of that day, not earlier than `day`. */
  known: Day;
  locale: Locale;
};

const dayField = z.string().refine(isDay);

/** Reads an address. What does not fit counts as not said, and is named in `refused` by its message key. */
export function parseAsked(
  query: Record<string, string | string[] | undefined>,
  { today, locale }: { today: Day; locale: Locale },
): { asked: Asked; refused: string[] } {
  const given = (name: string) => [query[name]].flat()[0] || undefined;
  const refused: string[] = [];
  const read = (name: "day" | "known") => {
    const text = given(name);
    if (text === undefined) return undefined;
    const parsed = dayField.safeParse(text);
    if (parsed.success && parsed.data <= today) return parsed.data;
    refused.push("reports.errors.day");
    return undefined;
  };
  const day = read("day") ?? today;
  let known = read("known") ?? today;
  if (known < day) {
    refused.push("reports.errors.order");
    known = today;
  }
  const lang = z.enum(locales).safeParse(given("lang"));
  return { asked: { day, known, locale: lang.success ? lang.data : locale }, refused: [...new Set(refused)] };
}
