import { z } from "zod";
import { type Day, isDay } from "#lib/dates.ts";
import { line, uuid } from "#lib/text.ts";
import { Completion, Evidence, Form, Strength } from "#prisma/generated/enums.ts";
import { numbersPattern } from "./numbers.ts";

/**
 * What the register can be narrowed and sorted by. The address of a list is its whole state, so this is also what a saved
 * view, an export, a feed and the API's query string are made of. Names and values come from the lists here and nowhere
 * else: a client cannot name a column.
 */

export const schedules = ["overdue", "due_soon", "upcoming", "undated", "done", "ended"] as const;
export type Schedule = (typeof schedules)[number];

/** How exactly the last day of a date is known: a season, a year and what is vaguer are `longer` (precisionOf in rules.ts). */
export const precisions = ["day", "month", "longer"] as const;

export const sorts = [
  "schedule",
  "reference",
  "title",
  "form",
  "parties",
  "sector",
  "owner",
  "status",
  "deadline",
  "evidence",
  "strength",
  "updated",
] as const;
export type SortKey = (typeof sorts)[number];

export const columns = [
  "reference",
  "title",
  "form",
  "parties",
  "sector",
  "owner",
  "status",
  "deadline",
  "schedule",
  "evidence",
  "strength",
  "updated",
] as const;
export type Column = (typeof columns)[number];
/** Without them a row says nothing. */
export const fixedColumns: readonly Column[] = ["reference", "title"];
export const defaultColumns: readonly Column[] = columns.slice(0, 9);

const id = z.string().regex(/^[a-z0-9-]{1,80}$/, "errors.filter");
const many = <T extends z.ZodType<string, string>>(value: T) => z.array(value).max(40, "errors.filter");

export const filterSchema = z.strictObject({
  q: line(200).default(""),
  form: many(z.enum(Form, { error: "errors.filter" })).default([]),
  sector: many(id).default([]),
  party: many(id).default([]),
  /** "me", "nobody" or people's ids. */
  owner: many(z.union([z.enum(["me", "nobody"]), uuid], { error: "errors.filter" })).default([]),
  status: many(z.enum(Completion, { error: "errors.filter" })).default([]),
  evidence: many(z.enum(Evidence, { error: "errors.filter" })).default([]),
  schedule: many(z.enum(schedules, { error: "errors.filter" })).default([]),
  /** Open and due within so many days from today, overdue ones not included. */
  within: z.coerce
    .number({ error: "errors.filter" })
    .int("errors.filter")
    .min(1, "errors.filter")
    .max(3660, "errors.filter")
    .nullable()
    .default(null),
  /** The last day of the deadline is one from this to that: "2026-11-01..2026-11-30". */
  due: z
    .string()
    .refine((text) => dueBetween(text) !== null, "errors.filter")
    .nullable()
    .default(null),
  precision: many(z.enum(precisions, { error: "errors.filter" })).default([]),
  /** Overdue on that day, by what is known now: the deadline and the status as they stood then (overdue-on.ts). */
  overdueOn: z.string().refine(isDay, "errors.filter").nullable().default(null),
  /** Parties that lead. */
  lead: many(id).default([]),
  strength: many(z.enum(Strength, { error: "errors.filter" })).default([]),
  source: many(id).default([]),
  meeting: many(id).default([]),
  /** Exactly these, by their numbers: "7", "12-19" or many (lib/commitments/numbers.ts). What a number in a report leads to. */
  numbers: z.array(z.string().regex(numbersPattern, "errors.filter")).max(1000, "errors.filter").default([]),
});

export type Filters = z.output<typeof filterSchema>;
export type Listing = {
  filters: Filters;
  sort: SortKey;
  descending: boolean;
  /** Cursors: the page after a place, or the one before it. */
  after: string | null;
  before: string | null;
  columns: readonly Column[];
};

export const noFilters: Filters = filterSchema.parse({});

/** The two days of the filter `due`, in order; null where the text names none. */
export function dueBetween(text: string): { from: Day; to: Day } | null {
  const [from = "", to = "", ...rest] = text.split("..");
  return rest.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/** Filters of which an address holds one value. */
const single: readonly string[] = ["q", "within", "due", "overdueOn"] satisfies (keyof Filters)[];

type Query = Record<string, string | string[] | undefined> | URLSearchParams;

/**
 * Reads a list's address: `?status=limited,complete&sort=-deadline`. What does not fit is left out and named in `refused`,
 * so that a screen can show the rest and the API can refuse the whole.
 */
export function parseListing(query: Query): { listing: Listing; refused: string[] } {
  const given = query instanceof URLSearchParams ? fromSearchParams(query) : query;
  const refused: string[] = [];
  const filters: Record<string, unknown> = {};
  for (const name of Object.keys(filterSchema.shape) as (keyof Filters)[]) {
    const value = given[name];
    if (value === undefined || value === "") continue;
    const raw = single.includes(name)
      ? [value].flat()[0]
      : [
          ...new Set(
            [value]
              .flat()
              .flatMap((part) => part.split(","))
              .filter(Boolean),
          ),
        ];
    const parsed = filterSchema.shape[name].safeParse(raw);
    if (parsed.success) filters[name] = parsed.data;
    else refused.push(name);
  }
  const sort = [given.sort].flat()[0] ?? "";
  const sortKey = z.enum(sorts).safeParse(sort.replace(/^-/, ""));
  if (sort !== "" && !sortKey.success) refused.push("sort");
  const chosen = [given.columns].flat().flatMap((part) => part?.split(",") ?? []);
  const shown = columns.filter((column) => fixedColumns.includes(column) || chosen.includes(column));
  return {
    listing: {
      filters: { ...noFilters, ...filters },
      sort: sortKey.success ? sortKey.data : "schedule",
      descending: sortKey.success && sort.startsWith("-"),
      after: [given.after].flat()[0] || null,
      before: [given.before].flat()[0] || null,
      columns: chosen.length > 0 ? shown : defaultColumns,
    },
    refused,
  };
}

function fromSearchParams(params: URLSearchParams): Record<string, string[]> {
  const all: Record<string, string[]> = Object.create(null);
  for (const [name, value] of params) {
    all[name] ??= [];
    all[name].push(value);
  }
  return all;
}

/** The address of a list, the shortest that parses to the same: what differs from the default, in a fixed order. */
export function listingQuery({ filters, sort, descending, after, before, columns: shown }: Listing): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(filterSchema.shape) as (keyof Filters)[]) {
    const value = filters[name];
    const text = Array.isArray(value) ? value.join(",") : value === null ? "" : String(value);
    if (text !== "") query.set(name, text);
  }
  if (sort !== "schedule" || descending) query.set("sort", (descending ? "-" : "") + sort);
  if (shown.join() !== defaultColumns.join()) query.set("columns", shown.join());
  if (after) query.set("after", after);
  else if (before) query.set("before", before);
  return query.toString().replaceAll("%2C", ",");
}

/** How many filters narrow the list; for "3 filters" and "clear". */
export function countFilters(filters: Filters): number {
  return Object.values(filters).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== "",
  ).length;
}
