import type { Day } from "#lib/dates.ts";
import type { Completion, DayCount, Frequency, Recipient, ReminderDate, Topic } from "#prisma/generated/enums.ts";

/**
 * Who is reminded of what, and when: the words of the planner (planner.ts), which is pure. The worker, the page "What will
 * be sent" and `npm run reminders` all ask it, and a letter asks once more before it goes. Days are calendar days; only the
 * moment of telling knows a time zone.
 */

/** A rule, as far as planning needs it. Offsets are days from the date, negative before it. */
export type Rule = {
  id: string;
  date: ReminderDate;
  reportEvery: number | null;
  offsets: readonly number[];
  repeatEvery: number | null;
  counting: DayCount;
  countries: readonly string[];
  recipients: readonly Recipient[];
  personId: string | null;
  escalateAfter: number | null;
  escalateTo: readonly Recipient[];
  escalatePersonId: string | null;
};

/** A record, as far as planning needs it. Only open ones are ever told of. */
export type Subject = {
  id: string;
  open: boolean;
  /** An obligation or a pledge. Other wordings are told to those only who watch them. */
  firm: boolean;
  completion: Completion;
  ownerId: string | null;
  /** Lead agencies, as parties. */
  leadIds: readonly string[];
  /** The last day that the deadline allows, and how the text has it ("2026", "2026-12"); null: undated. */
  deadline: { latest: Day; edtf: string | null } | null;
  milestones: readonly { id: string; latest: Day; edtf: string | null }[];
  /** Of an instrument: its last day, and by how many days before it notice has to be given. */
  endsLatest: Day | null;
  endsEdtf: string | null;
  noticeDays: number | null;
  /** The day of the last progress report, or on which the record was entered. */
  heardOn: Day;
  /** Those who watch it, itself or by a view that shows it. */
  watcherIds: readonly string[];
  /** The rules whose filter lets it through. */
  ruleIds: readonly string[];
};

/** Somebody who can be told, with what they chose. Who can't sign in, or can't see the portfolio, is not among them. */
export type Person = {
  id: string;
  agencyId: string | null;
  /** Hears what is for the managers: a manager, or an admin where there is no manager. */
  manages: boolean;
  timeZone: string;
  /** 0 to 23. */
  hour: number;
  /** ISO weekdays, 1 Monday to 7 Sunday; at least one. */
  days: readonly number[];
  countries: readonly string[];
  frequency: Frequency;
  /** Of a weekly digest. */
  weekday: number;
  /** Days before deadlines and milestones, instead of the rules'; null: the rules'. */
  leadDays: readonly number[] | null;
  mail: boolean;
  inApp: boolean;
};

/** For good where `until` is null; else until that day, on which the person is told if the record is still open. */
export type Mute = { personId: string; commitmentId: string; until: Day | null };

/** Public holidays by country: "VN" → days. */
export type Holidays = Readonly<Record<string, ReadonlySet<Day>>>;

/** What is planned for one person. It is unique by commitment, rule, occurrence and person. */
export type Planned = {
  commitmentId: string | null;
  ruleId: string | null;
  /** Which of the rule's many, from what it counts and how far: "deadline:2026-12-31:-30". The same however often it is planned. */
  occurrence: string;
  personId: string;
  topic: Topic;
  /** The calendar day that it falls on. */
  day: Day;
  /** The moment of telling, by the person's hour, days and digest; for what is still ahead never after `day`. */
  dueAt: Date;
  about: About;
  mail: boolean;
  inApp: boolean;
};

/** Why: for texts, kept with the reminder. */
export type About = {
  /** What it counts from; "snooze": the end of a mute; "change": what somebody did (lib/reminders/changes.ts). */
  kind: ReminderDate | "snooze" | "change";
  /** The day counted from, and how exactly it is known ("2026" → 2026-12-31); null for lists and changes. */
  date: Day | null;
  edtf: string | null;
  /** Days from the date, as the rule has them; null for lists and changes. */
  offset: number | null;
  /** Of a report: since when nobody has reported. */
  since?: Day;
  milestoneId?: string;
  escalated?: true;
  /** Of a gap: how many records lack what. */
  gaps?: { unowned: number; undated: number };
  /** Of a change: the history's entry, what changed, and who did it. */
  eventId?: string;
  changes?: readonly ChangeKind[];
  by?: readonly string[];
};

/** What of a record is told to those who watch it. */
export type ChangeKind =
  | "owner"
  | "deadline"
  | "report"
  | "completed"
  | "withdrawn"
  | "superseded"
  | "succeeded"
  | "reopened";
