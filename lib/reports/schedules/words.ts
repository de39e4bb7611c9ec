import type { MessageKey } from "#lib/i18n/translator.ts";
import type { Timing } from "./times.ts";

type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

/** An hour of the day: "08:00". */
export const hourText = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** When a schedule is due, as a sentence without its full stop. `weekdays`: their names from Monday on, in the reader's language. */
export function timingSentence(t: Translate, timing: Timing, weekdays: readonly string[]): string {
  const { every, weekday, monthDay, daysBefore } = timing;
  const hour = hourText(timing.hour);
  if (every === "week") return t("schedules.when.week", { weekday: weekdays[(weekday ?? 1) - 1] ?? "", hour });
  if (every === "meeting") return t("schedules.when.meeting", { days: daysBefore ?? 0, hour });
  const day = monthDay ?? 1;
  return t(day > 28 ? "schedules.when.monthEnd" : "schedules.when.month", { day, hour });
}
