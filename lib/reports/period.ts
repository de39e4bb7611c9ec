import { type Day, dayOf, numberOf } from "#lib/dates.ts";
import { InvalidInput } from "#lib/errors.ts";
import { looksBack } from "./outline.ts";
import type { FixedRequest, Period, ReportRequest } from "./request.ts";

/** A meeting as far as a period goes by it. */
export type Dated = { key: string; earliest: Day | null; latest: Day | null };

/** The last day that a meeting may have been on; null: nobody knows its date. */
export const dayOfMeeting = ({ latest, earliest }: Dated): Day | null => latest ?? earliest;

/**
 * A request with its days worked out: pure. What looks back ends with its period, so the report's day is the period's last
 * one.
 * @throws InvalidInput for days that have not come, that are out of order, and meetings whose date nobody knows
 */
export function fixRequest(
  request: ReportRequest,
  { today, meetings }: { today: Day; meetings: readonly Dated[] },
): FixedRequest {
  refuse(request.day !== null && request.day > today, "day", "reports.errors.day");
  refuse(request.known !== null && request.known > today, "known", "reports.errors.day");
  const asked = request.day ?? today;
  const period = looksBack(request.template)
    ? daysOf(request.period ?? { kind: "sinceMeeting" }, { day: asked, meetings })
    : null;
  if (period) {
    refuse(period.to > today, "period", "reports.errors.day");
    refuse(period.from >= period.to, "period", "reports.errors.period");
  }
  const day = period?.to ?? asked;
  const known = request.known ?? today;
  refuse(known < day, "known", "reports.errors.order");
  return { ...request, period, day, known };
}

function refuse(wrong: boolean, field: string, message: string): void {
  if (wrong) throw new InvalidInput({ [field]: [message] });
}

type Days = Extract<Period, { kind: "days" }>;

/** How many months a period goes back where no meeting has been. */
const monthsWithoutMeeting = 6;

function daysOf(period: Period, { day, meetings }: { day: Day; meetings: readonly Dated[] }): Days {
  const days = (from: Day, to: Day, between: Days["meetings"] = null): Days => ({
    ...{ kind: "days", from, to },
    meetings: between,
  });
  switch (period.kind) {
    case "days":
      return period;
    case "months":
      return days(monthsBefore(day, period.months), day);
    case "meetings": {
      const [from, to] = [period.from, period.to].map((key) => {
        if (key === null) return day;
        const meeting = meetings.find((each) => each.key === key);
        const on = meeting && dayOfMeeting(meeting);
        if (!on) throw new InvalidInput({ period: [meeting ? "reports.errors.undatedMeeting" : "errors.choice"] });
        return on;
      });
      return days(from as Day, to as Day, [period.from, period.to]);
    }
    case "sinceMeeting": {
      const last = meetings
        .flatMap((meeting) => {
          const on = dayOfMeeting(meeting);
          return on !== null && on < day ? [{ key: meeting.key, on }] : [];
        })
        .reduce<{ key: string; on: Day } | null>(
          (latest, each) => (latest && latest.on >= each.on ? latest : each),
          null,
        );
      return last ? days(last.on, day, [last.key, null]) : days(monthsBefore(day, monthsWithoutMeeting), day);
    }
  }
}

/** The same day of an earlier month, or that month's last one where it is shorter. */
export function monthsBefore(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = year * 12 + (month - 1) - months;
  const start = (at: number): Day =>
    `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`;
  return dayOf(Math.min(numberOf(start(first)) + date - 1, numberOf(start(first + 1)) - 1));
}
