import type { Schedule } from "#lib/commitments/filters.ts";
import type { Day } from "#lib/dates.ts";
import type { LocalizedText } from "#lib/i18n/text.ts";

/** What a calendar shows of a register. */

export const entryKinds = ["deadline", "milestone", "end", "notice", "meeting"] as const;
export type EntryKind = (typeof entryKinds)[number];

/** A date of a record: the last day that it allows, and the words it is from. */
export type RecordEntry = {
  kind: Exclude<EntryKind, "meeting">;
  day: Day;
  reference: string;
  title: LocalizedText;
  /** Of a milestone: what is to be reached. */
  what: LocalizedText | null;
  schedule: Schedule;
  phrase: string | null;
  edtf: string | null;
};

export type MeetingEntry = {
  kind: "meeting";
  key: string;
  name: LocalizedText;
  edtf: string | null;
  from: Day;
  to: Day;
};

export type HolidayEntry = { country: string; day: Day; name: LocalizedText; works: boolean };

/** Entries of a day, a month or a year: `more` deadlines are in the register only. */
export type Entries = { shown: (RecordEntry | MeetingEntry)[]; deadlines: number; more: number };

export type CalendarMonth = {
  /** By day, only of the month, only those with something on them. */
  days: ReadonlyMap<Day, Entries>;
  /** Some day of this month. */
  month: Entries;
  /** Some time that ends in this year, and is longer than a month. */
  year: Entries;
  holidays: HolidayEntry[];
};
