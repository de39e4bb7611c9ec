import { type Bounds, type Day, daysBetween } from "#lib/dates.ts";
import type { Completion, Lifecycle, Strength } from "#prisma/generated/enums.ts";

/** A deadline this many days ahead, or fewer, is `due_soon`. */
export const dueSoonDays = 30;

/** An open promise, or an outlook, that nobody has spoken of for more days than this is stale. */
export const staleDays = 60;

/** Where a commitment stands in time. Derived, never stored. */
export type Schedule = "undated" | "upcoming" | "due_soon" | "overdue" | "ended" | "done";

const endedLifecycles: readonly (Lifecycle | null)[] = ["expired", "terminated", "superseded"];

/**
 * Whether something is still to be done. The column `rank` says the same in SQL: 0 open, 1 complete, 2 ended. A
 * completed commitment is done even when its instrument has expired since.
 */
export function rankOf({ completion, lifecycle }: { completion: Completion; lifecycle: Lifecycle | null }): 0 | 1 | 2 {
  if (completion === "complete") return 1;
  if (completion === "withdrawn" || completion === "superseded") return 2;
  return endedLifecycles.includes(lifecycle) ? 2 : 0;
}

/**
 * The schedule of a commitment on a day. `latest` is the last day that its deadline allows: that day itself is not
 * overdue. A date that has passed makes nothing ended: only people, or the life of the instrument, end it.
 */
export function scheduleOf(
  { completion, lifecycle, latest }: { completion: Completion; lifecycle: Lifecycle | null; latest: Day | null },
  today: Day,
  soon: number = dueSoonDays,
): Schedule {
  const rank = rankOf({ completion, lifecycle });
  if (rank === 1) return "done";
  if (rank === 2) return "ended";
  if (latest === null) return "undated";
  const days = daysBetween(today, latest);
  if (days < 0) return "overdue";
  return days <= soon ? "due_soon" : "upcoming";
}

/** Days until the last day of a deadline: 0 on the day itself, negative when it has passed; null without one. */
export function daysUntil(latest: Day | null, today: Day): number | null {
  return latest === null ? null : daysBetween(today, latest);
}

/**
 * How exactly the last day of a date is known: to the day, to the month, or to something longer; null without a last day.
 * One that hangs on an event (`anchored`) is as exact as the days that it came out at.
 */
export function precisionOf(
  { edtf, earliest, latest }: Bounds & { edtf: string | null },
  anchored = false,
): "day" | "month" | "longer" | null {
  if (latest === null) return null;
  if (edtf !== null && !anchored) {
    if (/(^|\/)\d{4}-\d\d-\d\d[~?%]?$/.test(edtf)) return "day";
    return /(^|\/)\d{4}-(0\d|1[0-2])[~?%]?$/.test(edtf) ? "month" : "longer";
  }
  if (earliest === latest) return "day";
  return earliest?.slice(0, 7) === latest.slice(0, 7) ? "month" : "longer";
}

const reportable: readonly Completion[] = ["not_started", "limited", "substantial", "complete"];

/**
 * From which completion to which each verb leads. Progress may be reported in any direction, also again at the same
 * value, but never back to "nobody has said yet"; what was withdrawn or superseded is reopened before it is reported on,
 * and then nobody has said yet where it stands.
 */
export const completionTransitions = {
  reportProgress: { from: ["not_reported", ...reportable], to: reportable },
  withdraw: { from: ["not_reported", ...reportable], to: ["withdrawn"] },
  supersede: { from: ["not_reported", ...reportable], to: ["superseded"] },
  reopen: { from: ["withdrawn", "superseded"], to: ["not_reported"] },
} as const satisfies Record<string, { from: readonly Completion[]; to: readonly Completion[] }>;

/** Whether a verb may lead from one completion to another. */
export function mayMove(verb: keyof typeof completionTransitions, from: Completion, to: Completion): boolean {
  const moves: { from: readonly Completion[]; to: readonly Completion[] } = completionTransitions[verb];
  return moves.from.includes(from) && moves.to.includes(to);
}

/** Whether a progress report may take a commitment from one completion to another. */
export function mayReport(from: Completion, to: Completion): boolean {
  return mayMove("reportProgress", from, to);
}

/**
 * Whether nobody has reported on a commitment for more than `days` days, counted from its first day in the register if
 * nobody ever has. Only what is open and firm can be stale: nobody owes a report on an aspiration.
 */
export function isStale(
  commitment: {
    reportedOn: Day | null;
    createdOn: Day;
    completion: Completion;
    lifecycle?: Lifecycle | null;
    strength: Strength;
  },
  today: Day,
  days: number = staleDays,
): boolean {
  const { reportedOn, createdOn, completion, lifecycle = null, strength } = commitment;
  if (strength !== "obligation" && strength !== "pledge") return false;
  if (rankOf({ completion, lifecycle }) !== 0) return false;
  return daysBetween(reportedOn ?? createdOn, today) > days;
}

/** Whether an outlook is older than `days` days. One that nobody gave is not stale but missing: false. */
export function confidenceIsStale(
  { confidenceOn }: { confidenceOn: Day | null },
  today: Day,
  days: number = staleDays,
): boolean {
  return confidenceOn !== null && daysBetween(confidenceOn, today) > days;
}

/**
 * Whether a record would stand above itself if it were put under `parentId`. `parentOf` gives the present parent of any
 * record; a circle that is there already, elsewhere, ends the walk. Serves "made under" and "succeeds" alike.
 */
export function wouldCycle(id: string, parentId: string, parentOf: (id: string) => string | null): boolean {
  const seen = new Set<string>();
  for (let at: string | null = parentId; at !== null && !seen.has(at); at = parentOf(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}
