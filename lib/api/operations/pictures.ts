import { z } from "zod";
import { readMonth } from "#lib/calendar/queries.ts";
import { deskLists, desksOf, listDesk } from "#lib/commitments/desk.ts";
import { exportCsv, exportJson } from "#lib/commitments/export.ts";
import { countFacets } from "#lib/commitments/facets.ts";
import { filterSchema, parseListing } from "#lib/commitments/filters.ts";
import { getRecordById, getRecordByReference } from "#lib/commitments/record.ts";
import { InvalidInput } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { fileStream } from "#lib/file-stream.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { previewPlan } from "#lib/reminders/preview.ts";
import { getRecordPlan } from "#lib/reminders/record-plan.ts";
import { findAnything } from "#lib/search/queries.ts";
import { typedSchema } from "#lib/search/schema.ts";
import { teamZone } from "#lib/team-day.ts";
import { uuid } from "#lib/text.ts";
import { listMeetingLines, listTimeline } from "#lib/timeline/queries.ts";
import { groupings } from "#lib/timeline/schema.ts";
import type { Call, Operation } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** The register as a whole, as its pages show it: searched, counted, drawn, planned, and as a file. */

const { texts, day, instant } = shapes;
const inPortfolio = { portfolio: portfolioParameter };
const count = z.int().nonnegative();
const some = z.record(z.string(), z.unknown());

/** The register's filters, in the register's words (lib/commitments/filters.ts). */
const { q: _q, within: _within, due: _due, overdueOn: _overdueOn, ...lists } = filterSchema.shape;
const word = z.string().optional();
const filters = { q: word, within: word, due: word, overdueOn: word, sort: word };

/** @throws InvalidInput */
function listingOf({ search }: Call) {
  const { listing, refused } = parseListing(search);
  if (refused.length > 0) throw new InvalidInput(Object.fromEntries(refused.map((name) => [name, ["errors.filter"]])));
  return listing;
}

const counts = z.record(z.string(), count);
const group = z.strictObject({ value: z.string(), name: texts.nullable(), counts });

const overview = z.strictObject({
  schedule: counts,
  status: z.array(z.strictObject({ value: z.string(), count })),
  evidence: z.array(z.strictObject({ value: z.string(), count })),
  sectors: z.array(group),
  forms: z.array(group),
  agencies: z.array(group),
  months: z.array(z.strictObject({ month: z.string(), from: day, to: day, exact: count, longer: count })),
  trend: z.array(z.strictObject({ day, count })),
  changes: z.array(some),
});

const named = { name: z.string(), lang: z.string().nullable() };

const months = z.string({ error: "errors.filter" }).regex(/^(1[5-9]|2[0-9])\d\d-(0[1-9]|1[0-2])$/, "errors.filter");

const days = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, "errors.number")
  .transform(Number)
  .refine((number) => number <= 365, "errors.number")
  .default(30);

export const pictures: Record<string, Operation> = {
  "search.find": {
    method: "GET",
    path: "/search",
    least: "viewer",
    query: { ...inPortfolio, q: typedSchema },
    output: z.strictObject({
      records: z.array(z.strictObject({ ...named, reference: z.string(), schedule: z.string() })),
      total: count,
      more: z.boolean(),
      views: z.array(z.strictObject({ id: z.uuid(), name: z.string(), query: z.string() })),
      people: z.array(z.strictObject({ id: z.uuid(), name: z.string(), agency: z.string().nullable() })),
      things: z.array(z.strictObject({ ...named, kind: z.string(), key: z.string() })),
    }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      const { actor, query, locale, today } = call;
      return portfolio && findAnything(actor, portfolio.id, String(query.q), { locale, today });
    },
  },
  "overview.get": {
    method: "GET",
    path: "/overview",
    least: "viewer",
    query: inPortfolio,
    output: overview,
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && readOverview(call.actor, portfolio.id, call.today);
    },
  },
  "timeline.get": {
    method: "GET",
    path: "/timeline",
    least: "viewer",
    query: { ...inPortfolio, ...filters, group: z.enum(groupings, { error: "errors.filter" }).default("sector") },
    lists,
    output: z.strictObject({
      groups: z.array(
        z.strictObject({ value: z.string(), label: z.string(), lang: z.string().optional(), rows: z.array(some) }),
      ),
      count,
      more: z.boolean(),
      meetings: z.array(some),
    }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      if (!portfolio) return null;
      const { actor, query, locale, today } = call;
      const group = query.group as (typeof groupings)[number];
      const [found, meetings] = await Promise.all([
        listTimeline(actor, portfolio.id, listingOf(call).filters, { locale, today, group }),
        listMeetingLines(actor, portfolio.id, locale),
      ]);
      return { ...found, meetings };
    },
  },
  "calendar.get": {
    method: "GET",
    path: "/calendar",
    least: "viewer",
    query: { ...inPortfolio, ...filters, month: months },
    lists,
    output: z.strictObject({
      /** Only those with something on them. */
      days: z.record(z.string(), some),
      month: some,
      year: some,
      holidays: z.array(some),
    }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      if (!portfolio) return null;
      const { actor, query, today } = call;
      const setting = { filters: listingOf(call).filters, today };
      const found = await readMonth(actor, portfolio.id, String(query.month), setting);
      return { ...found, days: Object.fromEntries(found.days) };
    },
  },
  "desk.get": {
    method: "GET",
    path: "/desk",
    least: "viewer",
    query: { ...inPortfolio, of: z.enum(["mine", "all"], { error: "errors.filter" }).optional() },
    output: shapes.whole(
      z.strictObject({
        name: z.enum(deskLists),
        rows: z.array(some),
        total: count,
        more: z.boolean(),
        filters: some.nullable(),
      }),
    ),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      if (!portfolio) return null;
      const { actor, query, locale, today } = call;
      const of = (query.of as "mine" | undefined) ?? desksOf(actor, portfolio.id)[0];
      return { data: await listDesk(actor, portfolio.id, { of, locale, today, timeZone: teamZone() }) };
    },
  },
  "commitments.counts": {
    method: "GET",
    path: "/commitments/counts",
    least: "viewer",
    query: { ...inPortfolio, ...filters },
    lists,
    output: z.strictObject({
      values: z.record(z.string(), z.array(z.strictObject({ value: z.string(), label: z.string().nullable(), count }))),
      mine: count,
      capped: z.boolean(),
    }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      const { actor, locale, today } = call;
      return portfolio && countFacets(actor, portfolio.id, listingOf(call).filters, { locale, today });
    },
  },
  "commitments.file": {
    method: "GET",
    path: "/commitments/file",
    least: "viewer",
    query: { ...inPortfolio, ...filters, as: z.enum(["csv", "json"], { error: "errors.choice" }).default("csv") },
    lists,
    media: ["text/csv", "application/json"],
    fetch: async (call) => {
      const portfolio = await portfolioOf(call);
      if (!portfolio) return null;
      const { actor, query, locale, today, request } = call;
      const write = query.as === "csv" ? exportCsv : exportJson;
      const type = `${query.as === "csv" ? "text/csv" : "application/json"}; charset=utf-8`;
      const pieces = write(actor, portfolio.id, listingOf(call), { locale, today });
      return fileAnswer(await fileStream(pieces, request), { type, name: `${portfolio.id}-${today}.${query.as}` });
    },
  },
  "commitments.reminders": {
    method: "GET",
    path: "/commitments/{id:record}/reminders",
    least: "viewer",
    output: z.strictObject({ coming: z.array(some), sent: z.array(some) }),
    give: async ({ actor, params, now }) => {
      const text = String(params.id);
      const byId = uuid.safeParse(text).success;
      const record = byId ? await getRecordById(actor, text) : await getRecordByReference(actor, text);
      return record && getRecordPlan(actor, record.portfolioId, record.reference, now);
    },
  },
  "reminders.plan": {
    method: "GET",
    path: "/reminders/plan",
    least: "viewer",
    query: { ...inPortfolio, days, person: uuid.optional() },
    output: z.strictObject({
      rows: z.array(z.looseObject({ at: instant, day, person: z.strictObject({ id: z.uuid(), name: z.string() }) })),
      total: count,
      people: z.array(z.strictObject({ id: z.uuid(), name: z.string(), count })),
    }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      const { actor, query, now } = call;
      const { days: ahead, person: personId = null } = query as { days: number; person?: string };
      return portfolio && previewPlan(actor, portfolio.id, { from: now, days: ahead, personId });
    },
  },
};
