import { type Day, dayOf } from "#lib/dates.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { teamZone } from "#lib/team-day.ts";
import { firstDay, lastDay, looksAhead, quartersBetween } from "./occurrences.ts";
import { rulersOf, type Setting } from "./planner.ts";
import type { Rule } from "./rules.ts";
import { type Reach, wholeReach } from "./window.ts";
import { calendarDays, type Ruler } from "./working-days.ts";

/**
 * Which records a rule has something to tell of in a window, as a condition on `commitment c`; null: none. It may let
 * through a record too many, of which the planner then says nothing, and never leaves one out.
 */
export function whenTold(rule: Rule, setting: Setting, reach: Reach): Fragment | null {
  if (rule.date === "gap") {
    const quarters = reach.after ? quartersBetween(reach.after.from, reach.after.to) : [];
    return quarters.length > 0 ? sql`(c.owner_id IS NULL OR c.deadline_latest IS NULL)` : null;
  }
  const days = daysCounted(rule, setting, reach);
  if (days.length === 0) return null;
  const some = (date: Fragment, known = date) =>
    sql`(${days.map((day) => day(date, known)).reduce((all, next) => sql`${all} OR ${next}`)})`;
  switch (rule.date) {
    case "deadline":
      // An index has `due`; where a record is undated it is infinite, which nothing can be subtracted from.
      return some(sql`c.due`, sql`c.deadline_latest`);
    case "milestone":
      return sql`EXISTS (SELECT FROM milestone m WHERE m.commitment_id = c.id AND m.done_on IS NULL AND ${some(sql`m.latest`)})`;
    case "instrument_end":
      return sql`EXISTS (SELECT FROM instrument i WHERE i.commitment_id = c.id AND ${some(sql`i.ends_latest`)})`;
    case "notice":
      return sql`EXISTS (SELECT FROM instrument i WHERE i.commitment_id = c.id AND ${some(sql`(i.ends_latest - i.notice_days)`)})`;
    case "report":
      return some(sql`(${heardOn()} + ${rule.reportEvery ?? 0}::int)`);
  }
}

type Condition = (date: Fragment, known: Fragment) => Fragment;

/** Which dates an occurrence in reach is counted from. */
function daysCounted(rule: Rule, setting: Setting, reach: Reach): Condition[] {
  const ruler = rulersOf([rule], setting.holidays).get(rule.id) ?? calendarDays;
  const found: Condition[] = [];
  const add = (offset: number, by: Ruler) => {
    const range = looksAhead(rule.date, offset) ? reach.ahead : reach.after;
    if (!range) return;
    const [first, last] = by.starts(offset, range.from, range.to);
    if (first <= last) found.push((date) => sql`${date} BETWEEN ${clamped(first)} AND ${clamped(last)}`);
  };
  for (const offset of new Set(rule.offsets)) add(offset, ruler);
  if (rule.date === "deadline" || rule.date === "milestone")
    for (const days of new Set(setting.people.flatMap(({ leadDays }) => leadDays ?? []))) add(-days, calendarDays);
  if (rule.escalateAfter !== null) add(rule.escalateAfter, ruler);
  const whole = wholeReach(reach);
  const { repeatEvery } = rule;
  if (whole && repeatEvery && rule.offsets.length > 0) {
    const largest = Math.max(...rule.offsets);
    const [, last] = ruler.starts(largest + repeatEvery, whole.from, whole.to);
    const often = ruler !== calendarDays || whole.to - whole.from >= repeatEvery - 1;
    found.push((date, known) =>
      often
        ? sql`${date} <= ${clamped(last)}`
        : // So many days before the end of the reach, a repeat would fall into it.
          sql`(${date} <= ${clamped(last)} AND (${clamped(whole.to)}::date - ${known} - ${largest}::int) % ${repeatEvery}::int <= ${whole.to - whole.from}::int)`,
    );
  }
  return found;
}

/** As a day that the calendar has: nothing counts from beyond it. */
function clamped(day: number): Day {
  return dayOf(Math.min(Math.max(day, firstDay), lastDay));
}

/** The day of the last report, or, in the team's time zone, of the record's entry. */
export function heardOn(): Fragment {
  return sql`coalesce(c.reported_on, (c.created_at AT TIME ZONE ${teamZone()})::date)`;
}
