import type { Setting } from "#lib/reminders/planner.ts";
import type { Mute, Person, Rule, Subject } from "#lib/reminders/rules.ts";
import type { Window } from "#lib/reminders/window.ts";
import { DayCount, Frequency, Recipient, ReminderDate } from "#prisma/generated/enums.ts";
import { calendar, placeOf } from "./oracle.ts";

/** Settings, records and moments by chance: the same for the same seed. Much of it is near where things go wrong. */

type Chance = ReturnType<typeof chance>;

/** Numbers by chance (mulberry32), and what can be made of them. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    int,
    is: (share: number) => next() < share,
    of: <T>(items: readonly T[]) => items[int(0, items.length - 1)] as T,
    some: <T>(items: readonly T[], share: number) => items.filter(() => next() < share),
    list: <T>(least: number, most: number, make: (at: number) => T) =>
      Array.from({ length: int(least, most) }, (_, at) => make(at)),
  };
}

const zones = [
  "Asia/Ho_Chi_Minh",
  "Asia/Vientiane",
  "Europe/Berlin",
  "Pacific/Chatham",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "America/New_York",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "UTC",
];

/** Days near which a clock, a year or an office does something of its own. */
const edges = [
  "2026-12-31", // the end of a year
  "2027-02-05", // Tet
  "2027-03-28", // Berlin, summer time begins
  "2027-04-04", // Chatham and Lord Howe, it ends
  "2027-04-14", // Lao New Year
  "2027-09-26", // Chatham, it begins
  "2027-10-31", // Berlin, it ends
  "2028-02-29",
  "2028-10-01", // Lord Howe, it begins; a quarter
];

const roles: Recipient[] = Object.values(Recipient);

export function anySetting(c: Chance): Setting {
  const people = c.list(1, 4, (at) => anyPerson(c, `p${at}`));
  return {
    people,
    rules: c.list(1, 4, (at) => anyRule(c, `r${at}`)),
    mutes: [],
    holidays: { VN: new Set(anyHolidays(c)), LA: new Set(anyHolidays(c)) },
  };
}

function anyHolidays(c: Chance): string[] {
  const around = placeOf(c.of(edges));
  return [
    ...c.list(0, 12, () => calendar[around + c.int(-40, 40)] as string),
    // A run of them: a week, or so long that nobody opens letters any more.
    ...(c.is(0.3) ? run(around + c.int(-30, 30), c.of([3, 7, 9, 70])) : []),
  ];
}

const run = (from: number, days: number) => calendar.slice(from, from + days);

function anyPerson(c: Chance, id: string): Person {
  return {
    id,
    agencyId: c.of([null, "a1", "a2"]),
    manages: c.is(0.4),
    timeZone: c.of(zones),
    hour: c.is(0.3) ? c.of([1, 2, 3]) : c.int(0, 23),
    days: c.is(0.5) ? [1, 2, 3, 4, 5] : orElse(c.some([1, 2, 3, 4, 5, 6, 7], 0.4), [c.int(1, 7)]),
    countries: c.some(["VN", "LA"], 0.6),
    frequency: c.of(Object.values(Frequency)),
    weekday: c.int(1, 7),
    leadDays: c.is(0.3) ? c.list(0, 4, () => c.of([0, 1, 3, 7, 14, 30, 61])) : null,
    mail: c.is(0.8),
    inApp: c.is(0.8),
  };
}

const orElse = <T>(items: T[], other: T[]) => (items.length > 0 ? items : other);

export function anyRule(c: Chance, id: string): Rule {
  const date = c.of(Object.values(ReminderDate));
  const escalates = date !== "gap" && c.is(0.4);
  return {
    id,
    date,
    reportEvery: date === "report" ? c.of([7, 30, 60]) : null,
    offsets:
      date === "gap"
        ? []
        : [
            ...new Set(
              c.list(1, 4, () =>
                date === "report" ? c.int(0, 20) : c.of([-90, -30, -10, -7, -3, -1, 0, 1, 2, 5, 7, 30]),
              ),
            ),
          ],
    repeatEvery: date !== "gap" && c.is(0.4) ? c.of([1, 2, 7, 30]) : null,
    counting: c.of(Object.values(DayCount)),
    countries: c.some(["VN", "LA"], 0.6),
    recipients: orElse(c.some(roles, 0.5), [c.of(roles)]),
    personId: c.is(0.7) ? c.of(["p0", "p1", "p9"]) : null,
    escalateAfter: escalates ? c.of([1, 5, 14, 30]) : null,
    escalateTo: escalates ? orElse(c.some(roles, 0.4), ["managers"]) : [],
    escalatePersonId: c.of([null, "p0", "p1"]),
  };
}

/** A moment near an edge, at an hour or between. */
export function anyWindow(c: Chance): Window {
  const day = calendar[placeOf(c.of(edges)) + c.int(-12, 12)] as string;
  const after = Date.parse(`${day}T00:00:00Z`) + c.int(0, 95) * 900_000 + c.of([0, 0, 1]);
  const until =
    after + c.of([0, 60_000, 3_600_000, 86_400_000, 86_400_000, 3 * 86_400_000, 10 * 86_400_000, 45 * 86_400_000]);
  return { after: new Date(after), until: new Date(until), at: new Date(c.is(0.8) ? until : after) };
}

export function anySubject(c: Chance, setting: Setting, window: Window, id: string): Subject {
  const near = () => nearDay(c, window);
  const ends = c.is(0.6) ? near() : null;
  return {
    id,
    open: c.is(0.93),
    firm: c.is(0.8),
    completion: "not_reported",
    ownerId: c.of([null, "p0", "p1", "p2", "gone"]),
    leadIds: c.some(["a1", "a2"], 0.4),
    deadline: c.is(0.8) ? { latest: near(), edtf: c.of([null, "2027", "2027-03"]) } : null,
    milestones: c.list(0, 2, (at) => ({ id: `${id}m${at}`, latest: near(), edtf: null })),
    endsLatest: ends,
    endsEdtf: ends && c.of([null, "2027"]),
    noticeDays: c.of([null, 0, 30, 90]),
    heardOn: near(),
    watcherIds: c.some(["p0", "p1", "p2", "p3", "gone"], 0.3),
    ruleIds: c.some(
      setting.rules.map((rule) => rule.id),
      0.85,
    ),
  };
}

/** A day from which something may fall into the window: mostly at a distance that rules have. */
function nearDay(c: Chance, { after, until }: Window): string {
  const from = placeOf((c.is(0.5) ? after : until).toISOString().slice(0, 10));
  const away = c.is(0.6)
    ? c.of([90, 60, 30, 14, 10, 7, 3, 1, 0, -1, -2, -5, -7, -14, -30]) + c.int(-3, 3)
    : c.int(-200, 200);
  return calendar[from + (c.is(0.05) ? c.int(-2000, -400) : away)] as string;
}

export function anyMute(c: Chance, setting: Setting, window: Window, commitmentId: string): Mute[] {
  return setting.people.flatMap(({ id }) => {
    if (c.is(0.8)) return [];
    const around = placeOf(window.until.toISOString().slice(0, 10));
    return [{ personId: id, commitmentId, until: c.is(0.3) ? null : (calendar[around + c.int(-20, 20)] as string) }];
  });
}

/** The same record after somebody did something to it: revised, finished, given to somebody else, reported on, watched. */
export function changed(c: Chance, subject: Subject, window: Window): Subject {
  const near = () => nearDay(c, window);
  return c.of<() => Subject>([
    () => ({ ...subject, deadline: { latest: near(), edtf: "2027" } }),
    () => ({ ...subject, deadline: null }),
    () => ({ ...subject, open: !subject.open }),
    () => ({ ...subject, ownerId: c.of([null, "p0", "p1", "p2"]) }),
    () => ({ ...subject, heardOn: near() }),
    () => ({ ...subject, milestones: subject.milestones.slice(1) }),
    () => ({ ...subject, endsLatest: near() }),
    () => ({ ...subject, watcherIds: c.some(["p0", "p1", "p2"], 0.5) }),
    () => subject,
  ])();
}
