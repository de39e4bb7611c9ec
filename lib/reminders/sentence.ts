import type { MessageKey } from "#lib/i18n/translator.ts";
import type { Recipient } from "#prisma/generated/enums.ts";
import type { Rule } from "./rules.ts";

/**
 * A rule in words, for its list and for its form: the same on the server and in the browser, some of which cannot make lists
 * in Lao.
 */

type Say = (key: MessageKey, values?: Record<string, string | number>) => string;

export type Said = Omit<Rule, "id" | "personId" | "escalatePersonId"> & {
  person: string | null;
  escalatePerson: string | null;
};

/** When it speaks, to whom, and what happens if nothing does: a sentence each. */
export function ruleSentences(t: Say, rule: Said): string[] {
  const said = [whenText(t, rule), t("reminders.rule.to", { whom: whomText(t, rule.recipients, rule.person) })];
  if (rule.escalateAfter !== null)
    said.push(
      t("reminders.rule.escalates", {
        days: daysText(t, rule, rule.escalateAfter),
        whom: whomText(t, rule.escalateTo, rule.escalatePerson),
      }),
    );
  if (rule.counting === "working" && rule.date !== "gap")
    said.push(
      rule.countries.length > 0
        ? t("reminders.rule.holidays", {
            countries: listed(
              t,
              rule.countries.map((country) => t(`preferences.country.${country as "VN" | "LA"}`)),
            ),
          })
        : t("reminders.rule.noHolidays"),
    );
  return said;
}

function whenText(t: Say, rule: Said): string {
  if (rule.date === "gap") return t("reminders.rule.gap");
  const numbers = (offsets: readonly number[]) =>
    listed(
      t,
      offsets.map((days) => `${Math.abs(days)}`),
    );
  const before = rule.offsets.filter((days) => days < 0);
  const after = rule.offsets.filter((days) => days > 0);
  const unit = rule.counting;
  const count = (offsets: readonly number[]) => (offsets.length === 1 ? Math.abs(offsets[0] ?? 0) : 2);
  const moments = [
    ...(before.length > 0 ? [t("reminders.rule.before", { days: numbers(before), count: count(before), unit })] : []),
    ...(rule.offsets.includes(0) ? [t("reminders.rule.onDay")] : []),
    ...(after.length > 0 ? [t("reminders.rule.after", { days: numbers(after), count: count(after), unit })] : []),
  ];
  const when = listed(t, moments);
  return t(rule.repeatEvery === null ? "reminders.rule.when" : "reminders.rule.whenAgain", {
    date: t(`reminders.date.${rule.date}`, { days: rule.reportEvery ?? 0 }),
    when,
    again: daysText(t, rule, rule.repeatEvery ?? 0),
  });
}

const daysText = (t: Say, { counting }: Said, count: number) => t("reminders.rule.days", { count, unit: counting });

function whomText(t: Say, recipients: readonly Recipient[], person: string | null): string {
  return listed(
    t,
    recipients.map((recipient) => (recipient === "person" && person ? person : t(`reminders.recipient.${recipient}`))),
  );
}

function listed(t: Say, items: readonly string[]): string {
  const [last = ""] = items.slice(-1);
  return items.length < 2 ? last : t("reminders.rule.and", { first: items.slice(0, -1).join(", "), last });
}
