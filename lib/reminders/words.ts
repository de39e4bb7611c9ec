import { type Day, daysBetween } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import { localeOf, type Translator } from "#lib/i18n/translator.ts";
import { teamToday } from "#lib/team-day.ts";
import type { About } from "./rules.ts";

/**
 * Why somebody is told of a record, as a sentence without its full stop: what it counts from, how exactly that is known, and
 * how far away it is on the day of reading.
 */
export function reasonText(t: Translator, about: About, now: Date): string {
  const reason = reasonOf(t, about, teamToday(now));
  return about.escalated ? t("reminders.reason.escalated", { reason }) : reason;
}

function reasonOf(t: Translator, about: About, today: Day): string {
  const { kind, date, edtf, gaps, since } = about;
  if (kind === "change") return changeText(t, about);
  if (kind === "gap") return gapText(t, gaps ?? { unowned: 0, undated: 0 });
  // The others all count from a day.
  if (date === null) return "";
  const locale = localeOf(t);
  const [day, days] = [format(locale).date(date), daysBetween(today, date)];
  if (kind === "snooze") return t("reminders.reason.snooze", { date: day });
  if (kind === "report") {
    const heard = since ?? date;
    return t("reminders.reason.report", { days: daysBetween(heard, today), since: format(locale).date(heard) });
  }
  const when = t(`reminders.when.${kind === "deadline" || kind === "milestone" ? "due" : "past"}`, {
    which: days > 0 ? "left" : days < 0 ? "gone" : "today",
    days: Math.abs(days),
  });
  if (edtf === null || edtf === date) return t(`reminders.reason.${kind}.exact`, { date: day, when });
  return t(`reminders.reason.${kind}.vague`, { date: day, when, said: showEdtf(t, locale, edtf) });
}

function changeText(t: Translator, { changes = [], by = [] }: About): string {
  if (changes.length === 0) return t("reminders.reason.change");
  const list = format(localeOf(t)).list;
  const what = list(changes.map((change) => t(`reminders.change.${change}`)));
  return t("reminders.reason.changes", { by: list(by), what });
}

function gapText(t: Translator, { unowned, undated }: { unowned: number; undated: number }): string {
  const parts = [
    ...(unowned > 0 ? [t("reminders.reason.unowned", { count: unowned })] : []),
    ...(undated > 0 ? [t("reminders.reason.undated", { count: undated, alone: unowned > 0 ? "no" : "yes" })] : []),
  ];
  return t("reminders.reason.gap", { what: format(localeOf(t)).list(parts) });
}
