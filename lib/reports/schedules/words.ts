import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { MessageKey } from "#lib/i18n/translator.ts";
import type { Timing } from "./times.ts";

type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

/** An hour of the day: "08:00". */
export const hourText = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** When a schedule is due, as a sentence without its full stop. */
export function timingSentence(t: Translate, timing: Timing, locale: Locale): string {
  const { every, weekday, monthDay, daysBefore } = timing;
  const hour = hourText(timing.hour);
  if (every === "week") return t("schedules.when.week", { weekday: format(locale).weekday(weekday ?? 1), hour });
  if (every === "meeting") return t("schedules.when.meeting", { days: daysBefore ?? 0, hour });
  const day = monthDay ?? 1;
  return t(day > 28 ? "schedules.when.monthEnd" : "schedules.when.month", { day, hour });
}
