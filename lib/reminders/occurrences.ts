import { type Day, dayOf, numberOf } from "#lib/dates.ts";
import type { ReminderDate, Topic } from "#prisma/generated/enums.ts";
import type { About, Person, Rule, Subject } from "./rules.ts";
import type { Ruler } from "./working-days.ts";

/** What a rule counts from in a record, and on which days from there it wants to be heard. */

/** A date of a record that a rule counts from. `day` is its number. */
export type Counted = Pick<About, "kind" | "edtf" | "milestoneId" | "since"> & {
  kind: ReminderDate;
  date: Day;
  day: number;
};

/** The dates of a record that a rule counts from: none of what is not known. */
export function countedFrom(rule: Rule, subject: Subject): Counted[] {
  const { deadline, milestones, endsLatest, endsEdtf, noticeDays, heardOn } = subject;
  switch (rule.date) {
    case "deadline":
      return deadline ? [counted("deadline", deadline.latest, { edtf: deadline.edtf })] : [];
    case "milestone":
      return milestones.map(({ id, latest, edtf }) => counted("milestone", latest, { edtf, milestoneId: id }));
    case "instrument_end":
      return endsLatest ? [counted("instrument_end", endsLatest, { edtf: endsEdtf })] : [];
    case "notice":
      return endsLatest && noticeDays !== null ? later("notice", endsLatest, -noticeDays, { edtf: endsEdtf }) : [];
    case "report":
      return rule.reportEvery ? later("report", heardOn, rule.reportEvery, { edtf: null, since: heardOn }) : [];
    case "gap":
      return [];
  }
}

const counted = (kind: ReminderDate, date: Day, rest: Pick<Counted, "edtf" | "milestoneId" | "since">): Counted => ({
  kind,
  date,
  day: numberOf(date),
  ...rest,
});

/** A date so many days after another one; none where the calendar has no such day. */
function later(kind: ReminderDate, date: Day, days: number, rest: Pick<Counted, "edtf" | "since">): Counted[] {
  const day = numberOf(date) + days;
  return day < firstDay || day > lastDay ? [] : [{ kind, date: dayOf(day), day, ...rest }];
}

/** The first and the last day of the calendar. */
export const firstDay = numberOf("0001-01-01");
export const lastDay = numberOf("9999-12-31");

/** The name of an occurrence: the same however often it is planned, another one once the date is another. */
export function keyOf({ kind, date, milestoneId }: Omit<Counted, "day" | "edtf">, offset: number, escalated: boolean) {
  const what = milestoneId === undefined ? kind : `${kind}:${milestoneId}`;
  return `${what}:${date}:${offset}${escalated ? "!" : ""}`;
}

/** Whether an offset is one of the rule's own: listed, or again and again after the last one listed. */
export function hasOffset(rule: Rule, offset: number): boolean {
  return rule.offsets.includes(offset) || isRepeat(rule, offset);
}

/** Whether an offset is one of those after the last that is listed. */
function isRepeat({ offsets, repeatEvery }: Rule, offset: number): boolean {
  if (!repeatEvery || offsets.length === 0) return false;
  const after = offset - Math.max(...offsets);
  return after > 0 && after % repeatEvery === 0;
}

/**
 * The offsets that a person chose instead of the rule's ones until the day; null where the rule's stand. A rule that says
 * nothing until the day is none to be replaced. Repeats stay the rule's.
 */
export function leadOffsets(rule: Rule, { leadDays }: Pick<Person, "leadDays">): readonly number[] | null {
  if (leadDays === null || (rule.date !== "deadline" && rule.date !== "milestone")) return null;
  if (!rule.offsets.some((offset) => offset <= 0)) return null;
  return [...new Set(leadDays)].map((days) => 0 - days).filter((offset) => !isRepeat(rule, offset));
}

/** Whether lead times of one's own stand instead of one of the rule's offsets. */
export function isReplaced({ offsets }: Rule, offset: number): boolean {
  return offset <= 0 && offsets.includes(offset);
}

/** The rule's own offsets that fall on a day from `from` to `to`. */
export function offsetsBetween(rule: Rule, ruler: Ruler, date: number, from: number, to: number): number[] {
  const within = (offset: number) => {
    const day = ruler.shift(date, offset);
    return day >= from && day <= to;
  };
  const found = [...new Set(rule.offsets)].filter(within);
  if (!rule.repeatEvery || rule.offsets.length === 0) return found;
  const last = Math.max(...rule.offsets);
  const times = Math.ceil((ruler.distance(date, from) - last) / rule.repeatEvery);
  for (let time = Math.max(1, times); within(last + time * rule.repeatEvery); time++)
    found.push(last + time * rule.repeatEvery);
  return found;
}

/** Whether it is to be told before its day has passed: what looks ahead. */
export function looksAhead(kind: ReminderDate, offset: number): boolean {
  return offset <= 0 && kind !== "report" && kind !== "gap";
}

export function topicOf(kind: ReminderDate, offset: number, escalated: boolean): Topic {
  if (escalated) return "overdue";
  if (kind === "report") return "stale";
  return offset <= 0 ? "due_soon" : "overdue";
}

/** The first days of the quarters from one day to another. */
export function quartersBetween(from: number, to: number): number[] {
  const found: number[] = [];
  const start = new Date(from * 86_400_000);
  const month = start.getUTCMonth();
  for (let quarter = Math.floor(month / 3); ; quarter++) {
    const day = Date.UTC(start.getUTCFullYear(), quarter * 3, 1) / 86_400_000;
    if (day > to) return found;
    if (day >= from) found.push(day);
  }
}
