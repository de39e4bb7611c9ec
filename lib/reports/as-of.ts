import type { Changes } from "#lib/change.ts";
import type { Standing } from "#lib/commitments/standing.ts";
import type { Day } from "#lib/dates.ts";
import type { Completion, Confidence, Evidence } from "#prisma/generated/enums.ts";

/**
 * Records as they were: pure. There are two clocks. What was *known* at a moment is what the history says when everything
 * since is undone. How things *stood* on a day goes by the days that progress reports speak of, also of those that were
 * entered late. A report of the register names both.
 */

/** An entry of a record's history. */
export type Entry = { id: number; at: Date; changes: Changes; actorName?: string };

/** A progress report: the day that it speaks of, and the moment at which it was entered. */
export type Report = {
  asOf: Day;
  at: Date;
  text: string;
  completion: Completion;
  evidence: Evidence;
  confidence: Confidence | null;
};

/** A record now, with all that ever happened to it, newest first. `standing` is null if it was deleted for good. */
export type Lived = { standing: Standing | null; entries: readonly Entry[]; reports: readonly Report[] };

/** What the register said of a record at a moment, or null if it was not in it. */
export function knownAt({ standing, entries }: Pick<Lived, "standing" | "entries">, moment: Date): Standing | null {
  let known = standing;
  for (const { at, changes } of entries) {
    if (at > moment) known = undone(known, changes);
  }
  return known;
}

/** The record before an entry of its history. */
function undone(after: Standing | null, changes: Changes): Standing | null {
  if ("created" in changes) return null;
  const deleted = changes.deleted?.[0] as { standing?: Standing } | undefined;
  if (deleted) return deleted.standing ?? null;
  if (after === null) return null;
  const before: Record<string, unknown> = { ...after };
  for (const [field, [was, became]] of Object.entries(changes)) {
    if (field === "citation") before.citations = withCitation(after.citations, was, became);
    else if (Object.hasOwn(after, field)) before[field] = was;
  }
  return before as Standing;
}

type Cited = { source: string; paragraph: number };
const said = ({ source, paragraph }: Cited) => `${source} ${paragraph}`;

function withCitation(citations: readonly string[], was: unknown, became: unknown): string[] {
  const left = [...citations];
  if (became) left.splice(left.indexOf(said(became as Cited)), 1);
  if (was) left.push(said(was as Cited));
  return left.sort();
}

/** The day of a moment, where the team is. */
type DayOf = (moment: Date) => Day;

/**
 * How a record stood at the end of a day, as was known at a moment (not before that day): its status by the reports that
 * speak of the day or an earlier one, whenever they were entered; everything else as it was set by then. What was entered
 * only later stands as it was entered. Null if nothing of it was known at the moment.
 */
export function stoodOn(lived: Lived, { day, known, dayOf }: { day: Day; known: Date; dayOf: DayOf }): Standing | null {
  const present = knownAt(lived, known);
  if (present === null) return null;
  const entries = lived.entries.filter(({ at }) => at <= known);
  const later = entries.filter(({ at }) => dayOf(at) > day);
  let stood: Standing = present;
  for (const { changes } of later) stood = undone(stood, changes) ?? stood;
  return { ...stood, ...statusOn({ ...lived, entries }, present, { day, known, dayOf }) };
}

type Status = Pick<Standing, "completion" | "evidence" | "confidence">;

type Step = { day: Day; at: Date; sets: Partial<Status> };

/** The status by days instead of by moments. */
function statusOn(
  lived: Pick<Lived, "entries" | "reports">,
  present: Standing,
  until: { day: Day; known: Date; dayOf: DayOf },
): Status {
  const { entered, steps } = stepsOf(lived, present, until);
  return Object.assign({ ...entered }, ...steps.map(({ sets }) => sets));
}

/**
 * Since when a record is complete, as was known at a moment: the day that the report speaks of which closed it. Null if it
 * is not complete, and if it was entered as complete: nobody said of when that is.
 */
export function completeSince(lived: Lived, until: { day: Day; known: Date; dayOf: DayOf }): Day | null {
  const present = knownAt(lived, until.known);
  if (present === null) return null;
  const entries = lived.entries.filter(({ at }) => at <= until.known);
  const { entered, steps } = stepsOf({ ...lived, entries }, present, until);
  let since: Day | null = null;
  let { completion } = entered;
  for (const { day, sets } of steps) {
    if (!sets.completion || sets.completion === completion) continue;
    completion = sets.completion;
    since = completion === "complete" ? day : null;
  }
  return completion === "complete" ? since : null;
}

/**
 * The status as a record was entered, and all that changed it up to a day, in the order of the days. Reports count on the
 * day that they speak of; what closes a record or opens it again, on the day that it was done.
 */
function stepsOf(
  { entries, reports }: Pick<Lived, "entries" | "reports">,
  present: Standing,
  { day, known, dayOf }: { day: Day; known: Date; dayOf: DayOf },
): { entered: Status; steps: Step[] } {
  const { completion, evidence, confidence } = present;
  let entered: Status = { completion, evidence, confidence };
  const steps: Step[] = [];
  for (const { at, changes } of entries) {
    const was: Record<string, unknown> = {};
    const sets: Record<string, unknown> = {};
    for (const field of ["completion", "evidence", "confidence"] as const) {
      if (!changes[field]) continue;
      [was[field], sets[field]] = changes[field];
    }
    // From the newest back to how it was entered.
    entered = { ...entered, ...was };
    if (!("report" in changes) && Object.keys(sets).length > 0) steps.push({ day: dayOf(at), at, sets });
  }
  for (const { asOf, at, completion: to, evidence: by, confidence: outlook } of reports) {
    if (at > known) continue;
    steps.push({ day: asOf, at, sets: { completion: to, evidence: by, ...(outlook && { confidence: outlook }) } });
  }
  steps.sort((a, b) => (a.day === b.day ? a.at.getTime() - b.at.getTime() : a.day < b.day ? -1 : 1));
  return { entered, steps: steps.filter((step) => step.day <= day) };
}
