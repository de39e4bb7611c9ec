import type { Setting } from "#lib/reminders/planner.ts";
import type { About, Holidays, Person, Rule, Subject } from "#lib/reminders/rules.ts";
import type { Window } from "#lib/reminders/window.ts";
import type { Recipient } from "#prisma/generated/enums.ts";
import { julianDayNumber, lengthOf, write } from "#tests/support/dates.ts";

/**
 * What has to be planned, found by going through every day and asking of each whether something falls on it, and by reading
 * clocks every half hour of it. It is slow, and shares nothing with the planner but the words of its types.
 */

/** Every day of some years, one after the other; a day's place in it is its index. */
const firstYear = 2020;
const lastYear = 2030;
export const calendar: string[] = [];
for (let year = firstYear; year <= lastYear; year++)
  for (let month = 1; month <= 12; month++)
    for (let day = 1; day <= lengthOf(year, month); day++) calendar.push(write(year, month, day));
const places = new Map(calendar.map((day, at) => [day, at]));
const dayAt = (at: number) => calendar[at] as string;
export const placeOf = (day: string) => {
  const at = places.get(day);
  if (at === undefined) throw new Error(`${day} is outside the oracle's calendar`);
  return at;
};
/** ISO weekday, by the Julian day number. */
const weekday = (at: number) => {
  const [year, month, day] = dayAt(at).split("-").map(Number) as [number, number, number];
  return (julianDayNumber(year, month, day) % 7) + 1;
};
const weekdays = calendar.map((_day, at) => weekday(at));

type Working = { off: ReadonlySet<string>; works: boolean[]; counts: number[] };
const counted = new WeakMap<Holidays, Map<string, Working>>();

/** The holidays of some countries, and how many working days there are up to and with each day of the calendar. */
function workingIn(holidays: Holidays, countries: readonly string[]): Working {
  const known = counted.get(holidays) ?? new Map<string, Working>();
  counted.set(holidays, known);
  let working = known.get(countries.join());
  if (!working) {
    const off = new Set(countries.flatMap((country) => [...(holidays[country] ?? [])]));
    const works = calendar.map((day, at) => (weekdays[at] as number) <= 5 && !off.has(day));
    let count = 0;
    working = { off, works, counts: works.map((is) => (is ? ++count : count)) };
    known.set(countries.join(), working);
  }
  return working;
}

/** How far a day is from a date, as the rule counts; null where a rule that counts working days never comes to it. */
function distance(rule: Rule, date: number, at: number, working: Working): number | null {
  if (rule.counting === "calendar" || at === date) return at - date;
  if (!working.works[at]) return null;
  const [here, there] = [working.counts[at] as number, working.counts[date] as number];
  // The date itself is not counted, whether it is a working day or not.
  return at > date ? here - there : here - there + (working.works[date] ? 0 : -1);
}

/** One thing that somebody is told, before anybody's clock is asked. */
type Expected = {
  key: string;
  person: Person;
  commitmentId: string | null;
  ruleId: string | null;
  occurrence: string;
  topic: string;
  at: number;
  ahead: boolean;
  about: About;
};

/** Everything that falls on the days from one place of the calendar to another, for one record. Lists are counted elsewhere. */
export function fallsOn(setting: Setting, subject: Subject, from: number, to: number): Expected[] {
  const found: Expected[] = [];
  if (!subject.open) return found;
  const add = (person: Person, what: Omit<Expected, "key" | "person" | "commitmentId">) => {
    const key = `${subject.id} ${what.ruleId} ${what.occurrence} ${person.id}`;
    found.push({ key, person, commitmentId: subject.id, ...what });
  };
  for (const mute of setting.mutes) {
    const person = setting.people.find(({ id }) => id === mute.personId);
    if (mute.commitmentId !== subject.id || mute.until === null || !person) continue;
    const at = placeOf(mute.until);
    if (at < from || at > to) continue;
    const about: About = { kind: "snooze", date: mute.until, edtf: null, offset: 0 };
    add(person, { ruleId: null, occurrence: `snooze:${mute.until}`, topic: "attention", at, ahead: false, about });
  }
  for (const rule of setting.rules) {
    if (!subject.ruleIds.includes(rule.id)) continue;
    const working = workingIn(setting.holidays, rule.countries);
    const reached = setting.people.map((person) => {
      const ways = waysTo(setting, person, rule.recipients, rule.personId, subject);
      const escalation = waysTo(setting, person, rule.escalateTo, rule.escalatePersonId, subject).length > 0;
      return { person, ways, escalation, chooses: choosesOwn(rule, person, ways) };
    });
    const someChoose = reached.some(({ chooses }) => chooses);
    for (const { date, key, about } of datesOf(rule, subject)) {
      for (let at = from; at <= to; at++) {
        const told = new Set<string>();
        const offset = distance(rule, date, at, working);
        const isListed = offset !== null && listed(rule, offset);
        if (!isListed && !someChoose && offset !== rule.escalateAfter) continue;
        for (const { person, ways, escalation, chooses } of reached) {
          const tell = (days: number, escalated: boolean) => {
            const occurrence = `${key}:${days}${escalated ? "!" : ""}`;
            if (told.has(`${person.id} ${occurrence}`)) return;
            told.add(`${person.id} ${occurrence}`);
            add(person, {
              ruleId: rule.id,
              occurrence,
              topic: escalated ? "overdue" : rule.date === "report" ? "stale" : days > 0 ? "overdue" : "due_soon",
              at,
              ahead: days <= 0 && rule.date !== "report",
              about: { ...about, offset: days, ...(escalated ? { escalated: true as const } : {}) },
            });
          };
          if (ways.length > 0) {
            if (isListed && !(chooses && offset <= 0 && rule.offsets.includes(offset))) tell(offset, false);
            if (chooses)
              for (const days of person.leadDays ?? [])
                if (at === date - days && !repeats(rule, 0 - days)) tell(0 - days, false);
          }
          if (escalation && offset !== null && offset === rule.escalateAfter) tell(offset, true);
        }
      }
    }
  }
  return found;
}

function datesOf(rule: Rule, subject: Subject): { date: number; key: string; about: About }[] {
  const about = (date: string, edtf: string | null, more = {}): About => ({
    kind: rule.date,
    date,
    edtf,
    offset: null,
    ...more,
  });
  const one = (day: string | null | undefined, edtf: string | null = null, more = {}) =>
    day ? [{ date: placeOf(day), key: `${rule.date}:${day}`, about: about(day, edtf, more) }] : [];
  const { deadline, endsLatest, endsEdtf, noticeDays, heardOn } = subject;
  if (rule.date === "deadline") return one(deadline?.latest, deadline?.edtf);
  if (rule.date === "instrument_end") return one(endsLatest, endsEdtf);
  if (rule.date === "notice")
    return endsLatest && noticeDays !== null ? one(dayAt(placeOf(endsLatest) - noticeDays), endsEdtf) : [];
  if (rule.date === "report" && rule.reportEvery)
    return one(dayAt(placeOf(heardOn) + rule.reportEvery), null, { since: heardOn });
  if (rule.date !== "milestone") return [];
  return subject.milestones.map(({ id, latest, edtf }) => ({
    date: placeOf(latest),
    key: `milestone:${id}:${latest}`,
    about: about(latest, edtf, { milestoneId: id }),
  }));
}

const repeats = ({ offsets, repeatEvery }: Rule, offset: number) => {
  if (repeatEvery === null || offsets.length === 0) return false;
  for (let days = Math.max(...offsets) + repeatEvery; days <= offset; days += repeatEvery)
    if (days === offset) return true;
  return false;
};
const listed = (rule: Rule, offset: number) => rule.offsets.includes(offset) || repeats(rule, offset);

/** Whether a person's own lead times stand instead of the rule's. */
function choosesOwn(rule: Rule, { leadDays }: Person, ways: readonly Recipient[]): boolean {
  if (leadDays === null || !["deadline", "milestone"].includes(rule.date)) return false;
  return rule.offsets.some((offset) => offset < 1) && ways.some((way) => way !== "person");
}

/** In which ways of a list a record reaches a person. */
export function waysTo(
  { people }: Setting,
  person: Person,
  list: readonly Recipient[],
  named: string | null,
  { firm, ownerId, leadIds, watcherIds }: Subject,
): Recipient[] {
  const answered = people.some(({ id }) => id === ownerId);
  const is: Record<Recipient, boolean> = {
    owner: answered ? person.id === ownerId : person.manages,
    lead_agency: person.agencyId !== null && leadIds.includes(person.agencyId),
    watchers: watcherIds.includes(person.id),
    managers: person.manages,
    person: person.id === named,
  };
  return list.filter((way) => is[way] && (firm || way === "watchers"));
}

/** The day on which a person has something in a letter that falls on a day: looking at one day after the other. */
function letterDay(setting: Setting, person: Person, at: number, ahead: boolean): number {
  const { off } = workingIn(setting.holidays, person.countries);
  for (let away = 0; away <= 60; away++) {
    const day = ahead ? at - away : at + away;
    const opens =
      person.frequency === "weekly"
        ? weekdays[day] === person.weekday
        : person.days.includes(weekdays[day] as number) && !off.has(dayAt(day));
    if (opens) return day;
  }
  return at;
}

const halfHour = 1_800_000;
const clocks = new Map<string, Map<number, number>>();
const named = new Map<string, Intl.DateTimeFormat>();

/** By how much a zone's clocks are ahead of UTC, as they say themselves: "GMT+12:45". */
export function ahead(zone: string, moment: number): number {
  const known = clocks.get(zone) ?? new Map<number, number>();
  clocks.set(zone, known);
  const half = Math.floor(moment / halfHour) * halfHour;
  let minutes = known.get(half);
  if (minutes === undefined) {
    const clock = named.get(zone) ?? new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
    named.set(zone, clock);
    const [, sign, hours = "0", rest = "0"] = /GMT(?:([+-])(\d+):(\d+))?$/.exec(clock.format(half)) ?? [];
    minutes = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(rest));
    known.set(half, minutes);
  }
  return minutes * 60_000;
}

/** The moment of a full hour: half hour by half hour, until the clocks show it; where they jump over it, after the jump. */
const momentsKnown = new Map<string, number>();
function momentOn(at: number, hour: number, zone: string): number {
  const name = `${zone} ${at} ${hour}`;
  const known = momentsKnown.get(name);
  if (known !== undefined) return known;
  const wall = Date.parse(`${dayAt(at)}T${String(hour).padStart(2, "0")}:00:00Z`);
  let found: number | undefined;
  for (let half = wall - 16 * 2 * halfHour; half < wall + 16 * 2 * halfHour && found === undefined; half += halfHour) {
    const [offset, next] = [ahead(zone, half), ahead(zone, half + halfHour)];
    if (half + offset <= wall && wall < half + halfHour + offset) found = wall - offset;
    else if (half + halfHour + offset <= wall && wall < half + halfHour + next) found = wall - offset;
  }
  if (found === undefined) throw new Error(`the clocks of ${zone} never come to ${name}`);
  momentsKnown.set(name, found);
  return found;
}

export const todayIn = (zone: string, now: Date) =>
  placeOf(new Date(now.getTime() + ahead(zone, now.getTime())).toISOString().slice(0, 10));

const silent = (setting: Setting, personId: string, commitmentId: string, day: number) =>
  setting.mutes.some(
    (mute) =>
      mute.personId === personId &&
      mute.commitmentId === commitmentId &&
      (mute.until === null || day < placeOf(mute.until)),
  );

/** All that has to be planned in a window: each as one line of text. */
export function expected(
  setting: Setting,
  subjects: readonly Subject[],
  { after, until, at: now }: Window,
): Map<string, string> {
  const lines = new Map<string, string>();
  const from = placeOf(
    new Date(Math.min(after.getTime(), now.getTime()) - 64 * 2 * 24 * halfHour).toISOString().slice(0, 10),
  );
  const to = placeOf(new Date(until.getTime() + 64 * 2 * 24 * halfHour).toISOString().slice(0, 10));
  /** When a person is told of what falls on a day, if that is in the window. */
  const told = (person: Person, at: number, looksAhead: boolean) => {
    const day = letterDay(setting, person, at, looksAhead);
    const moment = momentOn(day, person.hour, person.timeZone);
    const inTime = moment > after.getTime() || at >= todayIn(person.timeZone, now);
    return moment <= until.getTime() && inTime ? { day, moment } : null;
  };
  for (const subject of subjects) {
    for (const one of fallsOn(setting, subject, from, to)) {
      const when = told(one.person, one.at, one.ahead);
      const snooze = one.about.kind === "snooze";
      if (!when || (!snooze && silent(setting, one.person.id, subject.id, when.day))) continue;
      lines.set(one.key, lineOf({ ...one, dueAt: when.moment }));
    }
  }
  for (const rule of setting.rules.filter(({ date }) => date === "gap")) {
    for (let at = from; at <= to; at++) {
      if (!/-(01|04|07|10)-01$/.test(dayAt(at))) continue;
      for (const person of setting.people) {
        const when = told(person, at, false);
        if (!when) continue;
        const theirs = subjects.filter(
          (subject) =>
            subject.open &&
            subject.firm &&
            subject.ruleIds.includes(rule.id) &&
            waysTo(setting, person, rule.recipients, rule.personId, subject).length > 0 &&
            !silent(setting, person.id, subject.id, when.day),
        );
        const gaps = {
          unowned: theirs.filter(({ ownerId }) => ownerId === null).length,
          undated: theirs.filter(({ deadline }) => deadline === null).length,
        };
        if (gaps.unowned + gaps.undated === 0) continue;
        const occurrence = `gap:${dayAt(at)}`;
        const about: About = { kind: "gap", date: null, edtf: null, offset: null, gaps };
        const key = `null ${rule.id} ${occurrence} ${person.id}`;
        lines.set(
          key,
          lineOf({
            key,
            person,
            commitmentId: null,
            ruleId: rule.id,
            occurrence,
            topic: "attention",
            at,
            about,
            dueAt: when.moment,
          }),
        );
      }
    }
  }
  return lines;
}

type Line = Omit<Expected, "ahead"> & { dueAt: number };

/** Everything that a reminder says, in one line, so that two can be compared. */
function lineOf({ key, person, topic, at, about, dueAt }: Line): string {
  return [key, topic, dayAt(at), new Date(dueAt).toISOString(), person.mail, person.inApp, sorted(about)].join(" ");
}

export const sorted = (about: About) => JSON.stringify(Object.entries(about).sort(([a], [b]) => (a < b ? -1 : 1)));
