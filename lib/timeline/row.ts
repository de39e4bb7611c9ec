import type { Schedule } from "#lib/commitments/filters.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Span } from "./rules.ts";

/** What a timeline draws, as a browser gets it. Days are their numbers (lib/dates.ts). */

export type TimelineRow = Span & {
  reference: string;
  title: string;
  lang?: Locale;
  schedule: Schedule;
  /** Its dates in the reader's words; "" where there are none. */
  when: string;
  milestones: { at: number; text: string; vague: boolean; done: boolean }[];
};

export type TimelineGroup = { value: string; label: string; lang?: Locale | undefined; rows: TimelineRow[] };

export type MeetingLine = { key: string; name: string; lang?: Locale; when: string; at: number; vague: boolean };
