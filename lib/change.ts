import { randomUUID } from "node:crypto";
import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import type { Texts } from "#lib/text.ts";
import type { Tx } from "#lib/writer.ts";

/** What a change is made of: what a command gets (lib/command.ts), and the history that it gives back. */

/** What changed in one record: field → [before, after]. Only fields that differ. */
export type Changes = Record<string, readonly [before: unknown, after: unknown]>;

/** One record's entry in the history. No entry is written when `changes` is empty. */
export type Change = { type: SubjectType; id: string; portfolioId: string | null; changes: Changes };

export type SubjectType =
  | "commitment"
  | "person"
  | "session"
  | "view"
  | "token"
  | "meeting"
  | "source"
  | "indicator"
  | "portfolio"
  | "party"
  | "letter"
  | "place"
  | "sector"
  | "rule"
  | "holiday"
  | "report"
  | "template"
  | "schedule"
  | "task"
  | "import"
  | "webhook"
  | "setting";

/** What a command's `run` gets. `now` is the instant and `today` the calendar day in the team's time zone. */
export type Context = {
  tx: Tx;
  actor: Actor;
  now: Date;
  today: Day;
  batchId: string | null;
  /** Numbers for new records that were set aside, one after the other: long work must not keep others from making some. */
  nextNumber?: () => number;
};

/** What a command did: the history it makes and what its caller gets. */
export type Outcome<R> = { changed: readonly Change[]; result: R };

/** A context whose history entries are tied together: one bulk change. */
export function batch(context: Context): Context {
  return { ...context, batchId: context.batchId ?? randomUUID() };
}

/**
 * The fields that differ between two plain shapes, for the history. Dates count as their day or instant, other objects as
 * their JSON, in whichever order its keys are; a field missing on one side is null there.
 */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const changes: Record<string, readonly [unknown, unknown]> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [plain(before[field]), plain(after[field])];
    if (JSON.stringify(from, inOrder) !== JSON.stringify(to, inOrder)) changes[field] = [from, to];
  }
  return changes;
}

/** The languages in which a text differs, each as a field of its own: "title.vi". */
export function languageChanges(field: string, before: Texts, after: Texts): Changes {
  const named = (texts: Texts) =>
    Object.fromEntries(Object.entries(texts).map(([locale, text]) => [`${field}.${locale}`, text]));
  return changesBetween(named(before), named(after));
}

/** For JSON.stringify: the database does not keep the order of an object's keys. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plain(value: unknown): unknown {
  return value === undefined || value === null ? null : JSON.parse(JSON.stringify(value));
}
