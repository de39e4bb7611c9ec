import { isStale, rankOf, type Schedule, scheduleOf } from "#lib/commitments/rules.ts";
import type { Standing } from "#lib/commitments/standing.ts";
import { type Day, today } from "#lib/dates.ts";
import { completeSince, stoodOn } from "./as-of.ts";
import type { LivedRecord } from "./reading.ts";

/** A record as a report tells of it: as it stood on the report's day, as was known at its moment. */
export type ReportRecord = {
  id: string;
  number: number;
  reference: string;
  standing: Standing;
  schedule: Schedule;
  /** Still to be done. */
  open: boolean;
  /** An obligation or a pledge. */
  firm: boolean;
  /** Open and firm, and nobody has reported on it for long. */
  silent: boolean;
  /** Since when it is complete, where somebody said so. */
  completedOn: Day | null;
  /** The last report that speaks of the day or an earlier one. */
  reportedOn: Day | null;
  said: string | null;
};

/** Two clocks: how things stood at the end of `day`, as was known at `known`. */
export type AsOf = { day: Day; known: Date };

/** The records as of a day, in the order of their numbers: those that had been promised by then, or entered. */
export function recordsOn(lived: readonly LivedRecord[], { day, known }: AsOf, timeZone: string): ReportRecord[] {
  const dayOf = (moment: Date) => today(moment, timeZone);
  return lived.flatMap((record): ReportRecord[] => {
    const standing = stoodOn(record, { day, known, dayOf });
    if (standing === null) return [];
    const enteredOn = dayOf(record.createdAt);
    if ((record.promisedOn ?? enteredOn) > day && enteredOn > day) return [];
    const { completion, lifecycle, strength, deadline } = standing;
    const heard = record.reports.filter(({ asOf, at }) => asOf <= day && at <= known).at(-1);
    const rank = rankOf({ completion, lifecycle });
    return [
      {
        id: record.id,
        number: record.number,
        reference: record.reference,
        standing,
        schedule: scheduleOf({ completion, lifecycle, latest: deadline.latest }, day),
        open: rank === 0,
        firm: strength === "obligation" || strength === "pledge",
        silent: isStale(
          {
            reportedOn: heard?.asOf ?? null,
            createdOn: enteredOn < day ? enteredOn : day,
            completion,
            lifecycle,
            strength,
          },
          day,
        ),
        completedOn: completion === "complete" ? completeSince(record, { day, known, dayOf }) : null,
        reportedOn: heard?.asOf ?? null,
        said: heard?.text || null,
      },
    ];
  });
}

/** A moment that is before the day began in every time zone. */
export const startOf = (day: Day) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000);
