import type { Schedule } from "#lib/commitments/filters.ts";
import type { Day } from "#lib/dates.ts";
import type { Texts } from "#lib/text.ts";
import type { Completion, Evidence, Form } from "#prisma/generated/enums.ts";

/** How many stand where, as the overview shows it. */

export type BySchedule = { [is in Schedule]?: number };

/** A value with its records by schedule. `name` where it is data, not one of our words. */
export type Group<V extends string = string> = { value: V; name: Texts | null; counts: BySchedule };

export type Month = { month: string; from: Day; to: Day; exact: number; longer: number };

/** An entry of the history; `title` is null where the record is gone. */
export type LastChange = {
  id: number;
  at: Date;
  actorId: string | null;
  actorName: string;
  verb: string;
  reference: string;
  title: Texts | null;
};

export type Overview = {
  schedule: BySchedule;
  status: { value: Completion; count: number }[];
  evidence: { value: Evidence; count: number }[];
  sectors: Group[];
  forms: Group<Form>[];
  /** Who leads, the busiest first. A record that two lead is under both. */
  agencies: Group[];
  /** Open records by the month of their last day, from today on. */
  months: Month[];
  /** At the ends of the last months. */
  trend: { day: Day; count: number }[];
  changes: LastChange[];
};

/** How many there are in all. */
export const total = (counts: BySchedule): number => Object.values(counts).reduce((all, count) => all + count, 0);

const open: readonly Schedule[] = ["overdue", "due_soon", "upcoming", "undated"];

/** How many of them are still to be done. */
export const openIn = (counts: BySchedule): number => open.reduce((all, is) => all + (counts[is] ?? 0), 0);
