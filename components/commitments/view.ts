import type { HistoryEntry, Names } from "#lib/commitments/history.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import type { Day } from "#lib/dates.ts";
import type { Format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What each section of a record's page gets. */
export type View = {
  record: CommitmentRecord;
  locale: Locale;
  t: Translator;
  f: Format;
  today: Day;
  portfolio: string;
  /** What the reader may do with the record. */
  may: { create: boolean; update: boolean; assign: boolean; delete: boolean };
};

export type HistoryView = View & HistoryTold;

/** What a history needs, whatever it is of. */
export type HistoryTold = Pick<View, "locale" | "t" | "f" | "portfolio"> & {
  history: readonly HistoryEntry[];
  names: Names;
  /** The address that shows more of it; null when all is shown. */
  older: string | null;
};
