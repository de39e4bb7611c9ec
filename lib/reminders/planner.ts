import { dayOf, numberOf } from "#lib/dates.ts";
import { audienceOf, peopleOf } from "./audience.ts";
import {
  type Counted,
  countedFrom,
  isReplaced,
  keyOf,
  leadOffsets,
  looksAhead,
  offsetsBetween,
  quartersBetween,
  topicOf,
} from "./occurrences.ts";
import type { About, Holidays, Mute, Person, Planned, Rule, Subject } from "./rules.ts";
import type { Told } from "./telling.ts";
import { daysOff, type Range, type Reach, tellings, type Window, wholeReach } from "./window.ts";
import { calendarDays, type Ruler, workingDays } from "./working-days.ts";

/** What planning goes by. The people are those of the portfolio who can be told. */
export type Setting = {
  rules: readonly Rule[];
  people: readonly Person[];
  mutes: readonly Mute[];
  holidays: Holidays;
};

export type Planner = {
  reach: Reach;
  /** What is planned for a record. */
  add(subject: Subject): Planned[];
  /** The lists of what lacks something, over all records that were added. */
  lists(): Planned[];
};

/** Everything at once, for a few records. */
export function plan(setting: Setting, subjects: Iterable<Subject>, window: Window): Planned[] {
  const { add, lists } = planner(setting, window);
  return [...[...subjects].flatMap(add), ...lists()];
}

/** Plans for records one after the other, so that a hundred thousand need no more memory than their reminders. */
export function planner(setting: Setting, window: Window): Planner {
  const { rules, mutes, holidays } = setting;
  const people = peopleOf(setting.people);
  const rulers = rulersOf(rules, holidays);
  const mutedOf = Map.groupBy(mutes, ({ commitmentId }) => commitmentId);
  const { toldTo, reach } = tellings(setting.people, holidays, window);
  const whole = wholeReach(reach);
  const leads = [...new Set(setting.people.flatMap(({ leadDays }) => leadDays ?? []))];
  const quarters = reach.after ? quartersBetween(reach.after.from, reach.after.to) : [];
  const gaps = new Map<string, Planned & { about: { gaps: Lacking } }>();

  const isMuted = (person: Person, subject: Subject, told: Told) =>
    mutes.length > 0 && (mutedOf.get(subject.id) ?? []).some((mute) => silences(mute, person.id, told.day));

  function ofDate(rule: Rule, ruler: Ruler, subject: Subject, counted: Counted, { from, to }: Range): Planned[] {
    const planned: Planned[] = [];
    // The same for everybody who is told, and there may be many of them.
    const said = new Map<number, What & { number: number }>();
    const whatOf = (number: number, offset: number, escalated: boolean) => {
      const name = offset * 2 + (escalated ? 1 : 0);
      let what = said.get(name);
      if (what?.number !== number) {
        what = {
          number,
          occurrence: keyOf(counted, offset, escalated),
          topic: topicOf(counted.kind, offset, escalated),
          day: dayOf(number),
          about: aboutOf(counted, offset, escalated),
        };
        said.set(name, what);
      }
      return what;
    };
    const tell = (person: Person, day: number, offset: number, escalated: boolean) => {
      const told = toldTo(person, day, looksAhead(counted.kind, offset));
      if (!told || isMuted(person, subject, told)) return;
      const { number: _number, ...what } = whatOf(day, offset, escalated);
      planned.push({ commitmentId: subject.id, ruleId: rule.id, ...what, ...toldBy(person, told) });
    };
    const own = offsetsBetween(rule, ruler, counted.day, from, to);
    // Lead times of one's own may be heard where the rule is silent.
    if (own.length > 0 || leads.some((days) => counted.day - days >= from && counted.day - days <= to)) {
      for (const [person, { choosesLead }] of audienceOf(people, rule.recipients, rule.personId, subject)) {
        const chosen = choosesLead ? leadOffsets(rule, person) : null;
        for (const offset of own)
          if (!(chosen && isReplaced(rule, offset))) tell(person, ruler.shift(counted.day, offset), offset, false);
        for (const offset of chosen ?? []) tell(person, counted.day + offset, offset, false);
      }
    }
    if (rule.escalateAfter !== null) {
      const day = ruler.shift(counted.day, rule.escalateAfter);
      if (day >= from && day <= to)
        for (const person of audienceOf(people, rule.escalateTo, rule.escalatePersonId, subject).keys())
          tell(person, day, rule.escalateAfter, true);
    }
    return planned;
  }

  function noteGaps(rule: Rule, subject: Subject): void {
    const lacks = lackingIn(subject);
    if (!lacks) return;
    for (const person of audienceOf(people, rule.recipients, rule.personId, subject).keys()) {
      for (const quarter of quarters) {
        const told = toldTo(person, quarter, false);
        if (!told || isMuted(person, subject, told)) continue;
        const key = `${rule.id} ${person.id} ${quarter}`;
        const list = gaps.get(key) ?? {
          commitmentId: null,
          ruleId: rule.id,
          occurrence: `gap:${dayOf(quarter)}`,
          topic: "attention",
          day: dayOf(quarter),
          about: { kind: "gap", date: null, edtf: null, offset: null, gaps: { unowned: 0, undated: 0 } },
          ...toldBy(person, told),
        };
        list.about.gaps.unowned += lacks.unowned;
        list.about.gaps.undated += lacks.undated;
        gaps.set(key, list);
      }
    }
  }

  function endOfSnooze(subject: Subject, { personId, until }: Mute): Planned[] {
    const person = people.byId.get(personId);
    const told = person && until !== null ? toldTo(person, numberOf(until), false) : null;
    if (!person || !until || !told) return [];
    return [
      {
        commitmentId: subject.id,
        ruleId: null,
        occurrence: `snooze:${until}`,
        topic: "attention",
        day: until,
        about: { kind: "snooze", date: until, edtf: null, offset: 0 },
        ...toldBy(person, told),
      },
    ];
  }

  return {
    reach,
    add(subject) {
      if (!subject.open || !whole) return [];
      const planned = (mutedOf.get(subject.id) ?? []).flatMap((mute) => endOfSnooze(subject, mute));
      for (const rule of rules) {
        if (!subject.ruleIds.includes(rule.id)) continue;
        if (rule.date === "gap") noteGaps(rule, subject);
        const ruler = rulers.get(rule.id) ?? calendarDays;
        for (const counted of countedFrom(rule, subject)) planned.push(...ofDate(rule, ruler, subject, counted, whole));
      }
      return planned;
    },
    lists: () => [...gaps.values()],
  };
}

const toldBy = (person: Person, told: Told) => ({
  personId: person.id,
  dueAt: new Date(told.at),
  mail: person.mail,
  inApp: person.inApp,
});

type What = Pick<Planned, "occurrence" | "topic" | "day" | "about">;

/** Whether a person hears nothing of the record on a day. */
export function silences({ personId, until }: Mute, person: string, day: number): boolean {
  return personId === person && (until === null || day < numberOf(until));
}

type Lacking = { unowned: number; undated: number };

/** What an open promise lacks, to be answered for: null if it lacks nothing, or nobody owes it. */
export function lackingIn({ open, firm, ownerId, deadline }: Subject): Lacking | null {
  if (!open || !firm || (ownerId !== null && deadline !== null)) return null;
  return { unowned: ownerId === null ? 1 : 0, undated: deadline === null ? 1 : 0 };
}

function aboutOf({ kind, date, edtf, milestoneId, since }: Counted, offset: number, escalated: boolean): About {
  return {
    kind,
    date,
    edtf,
    offset,
    ...(since === undefined ? {} : { since }),
    ...(milestoneId === undefined ? {} : { milestoneId }),
    ...(escalated ? { escalated } : {}),
  };
}

/** How each rule counts its days. */
export function rulersOf(rules: readonly Rule[], holidays: Holidays): Map<string, Ruler> {
  const known = new Map<string, Ruler>();
  const rulerOf = ({ counting, countries }: Rule) => {
    if (counting === "calendar") return calendarDays;
    const key = [...countries].sort().join();
    const ruler = known.get(key) ?? workingDays(daysOff(holidays, countries));
    known.set(key, ruler);
    return ruler;
  };
  return new Map(rules.map((rule) => [rule.id, rulerOf(rule)]));
}
