import { numberOf, today } from "#lib/dates.ts";
import { audienceOf, peopleOf } from "./audience.ts";
import { countedFrom, hasOffset, isReplaced, keyOf, leadOffsets } from "./occurrences.ts";
import { lackingIn, type Setting, silences } from "./planner.ts";
import type { About, Planned, Subject } from "./rules.ts";

/** What the database says of a reminder that was planned once. */
export type Recorded = Pick<Planned, "commitmentId" | "ruleId" | "occurrence" | "personId"> & { about: About };

/** Asks whether reminders would still be planned, as the register stands. */
export function stillPlanned({ rules, people: all, mutes }: Setting, now: Date) {
  const people = peopleOf(all);
  const mutedOf = Map.groupBy(mutes, ({ commitmentId }) => commitmentId);
  /**
   * `subjects` has the reminder's record, or not where that is gone; for a list, records of its rule. Its hour does not
   * matter, nor whether the person takes letters: only that it is still true, and still theirs.
   */
  return ({ ruleId, commitmentId, occurrence, personId, about }: Recorded, subjects: readonly Subject[]): boolean => {
    const person = people.byId.get(personId);
    if (!person) return false;
    const day = numberOf(today(now, person.timeZone));
    const isMuted = (id: string) => (mutedOf.get(id) ?? []).some((mute) => silences(mute, personId, day));
    if (about.kind === "change") return commitmentId === null || !isMuted(commitmentId);
    const subject = subjects.find(({ id }) => id === commitmentId);
    if (about.kind === "snooze") {
      const snoozed = (mutedOf.get(commitmentId ?? "") ?? []).some(
        (mute) => mute.personId === personId && mute.until === about.date,
      );
      return snoozed && subject?.open === true;
    }
    const rule = rules.find(({ id }) => id === ruleId);
    // A rule that counts from something else by now has other things to say.
    if (!rule || rule.date !== about.kind) return false;
    const counts = (one: Subject) => one.open && one.ruleIds.includes(rule.id) && !isMuted(one.id);
    if (rule.date === "gap")
      return subjects.some(
        (one) => counts(one) && lackingIn(one) && audienceOf(people, rule.recipients, rule.personId, one).has(person),
      );
    const { offset, escalated = false } = about;
    if (!subject || !counts(subject) || offset === null) return false;
    if (!countedFrom(rule, subject).some((counted) => keyOf(counted, offset, escalated) === occurrence)) return false;
    if (escalated)
      return (
        rule.escalateAfter === offset && audienceOf(people, rule.escalateTo, rule.escalatePersonId, subject).has(person)
      );
    const reached = audienceOf(people, rule.recipients, rule.personId, subject).get(person);
    if (!reached) return false;
    const leads = reached.choosesLead ? leadOffsets(rule, person) : null;
    return leads?.includes(offset) || (hasOffset(rule, offset) && !(leads && isReplaced(rule, offset)));
  };
}
