import { z } from "zod";
import { filterSchema, listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { type Day, isDay } from "#lib/dates.ts";
import { locales } from "#lib/i18n/locales.ts";
import { key, line } from "#lib/text.ts";

/** What a report is asked for: what an address says, what a template of one's own and a schedule keep. */

export const templates = ["status", "between", "risk", "scorecard", "lapsing", "indicators", "brief"] as const;
export type Template = (typeof templates)[number];

const day = z
  .string()
  .refine(isDay, "reports.errors.day")
  .transform((text): Day => text);

/** What a report looks back on. Relative ones are worked out on the day on which it is made. */
const periodSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("days"),
    from: day,
    to: day,
    /** The meetings that these are the days of: what a period by meetings becomes when it is worked out. */
    meetings: z.tuple([key, key.nullable()]).nullable().default(null),
  }),
  /** From the day of one meeting to that of another; the second null: until the report's day. */
  z.strictObject({ kind: z.literal("meetings"), from: key, to: key.nullable() }),
  /** So many months up to the report's day. */
  z.strictObject({ kind: z.literal("months"), months: z.int().min(1).max(120) }),
  /** Since the last meeting before the report's day. */
  z.strictObject({ kind: z.literal("sinceMeeting") }),
]);
export type Period = z.output<typeof periodSchema>;

/** The filters of an address of the register, in their normal spelling: what a saved view shows, whatever its order. */
export function normalScope(query: string): string {
  const { listing } = parseListing(new URLSearchParams(query));
  return listingQuery({ ...parseListing({}).listing, filters: listing.filters });
}

const scope = line(4000).transform(normalScope);

export const requestSchema = z.strictObject({
  template: z.enum(templates),
  /** "" is every record. */
  scope: scope.default(""),
  /** Of templates that look back. */
  period: periodSchema.nullable().default(null),
  /** How things stood at the end of that day; null: the day on which it is made. */
  day: day.nullable().default(null),
  /** As was known at the end of that day, not earlier than `day`; null: when it is made. */
  known: day.nullable().default(null),
  locale: z.enum(locales),
  /** Which sections, in which order; null: all, in the template's order. */
  sections: z.array(z.string().max(40)).max(30).nullable().default(null),
  /** Of the template "brief": the record's reference. */
  record: z.string().max(40).nullable().default(null),
});
export type ReportRequest = z.output<typeof requestSchema>;

/** A request whose days are worked out: the same whenever it is built. `day` is the last one of its period. */
export type FixedRequest = ReportRequest & {
  day: Day;
  known: Day;
  period: Extract<Period, { kind: "days" }> | null;
};

export const scopeFilters = (scope: string) =>
  filterSchema.parse(parseListing(new URLSearchParams(scope)).listing.filters);
