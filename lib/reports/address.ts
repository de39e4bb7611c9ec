import { z } from "zod";
import type { Locale } from "#lib/i18n/locales.ts";
import { isOfOne, looksBack, sectionsOf } from "./outline.ts";
import { type ReportRequest, requestSchema, type Template, templates } from "./request.ts";

/** The address of a report: its fields are those of the form, so a plain form leads to it. */

type Query = Record<string, string | string[] | undefined>;

/**
 * Reads an address: `?template=between&from=2026-01-01&to=2026-06-30&lang=vi`. What does not fit counts as not said, and is
 * named in `refused`: field → message keys.
 */
export function parseRequest(
  query: Query,
  { locale }: { locale: Locale },
): { request: ReportRequest; refused: Record<string, string[]> } {
  const all = (name: string) => [query[name]].flat().flatMap((text) => (text ? [text] : []));
  const given = (name: string) => all(name)[0];
  const template = z.enum(templates).safeParse(given("template") ?? "status").data;
  // Sections that were chosen of another template mean nothing to this one.
  const sameTemplate = !given("was") || given("was") === template;
  const said: Record<string, unknown> = {
    template: given("template") ?? "status",
    scope: given("scope"),
    period: template && looksBack(template) ? periodOf(given) : undefined,
    day: given("day"),
    known: given("known"),
    locale: given("lang") ?? locale,
    sections: template && sameTemplate ? sectionsIn(all("section"), template) : undefined,
    record: template && isOfOne(template) ? given("record") : undefined,
  };
  const refused: Record<string, string[]> = {};
  for (const [name, schema] of Object.entries(requestSchema.shape)) {
    if (said[name] === undefined || schema.safeParse(said[name]).success) continue;
    refused[name] = [name === "day" || name === "known" ? "reports.errors.day" : (refusals[name] ?? "errors.choice")];
    delete said[name];
  }
  return {
    request: requestSchema.parse({ ...said, template: said.template ?? "status", locale: said.locale ?? locale }),
    refused,
  };
}

/** The chosen sections; none where they are all of the template in its own order. */
function sectionsIn(given: readonly string[], template: Template): string[] | undefined {
  const chosen = [...new Set(given.flatMap((text) => text.split(",")))].filter(Boolean);
  return chosen.length === 0 || chosen.join() === sectionsOf[template].join() ? undefined : chosen;
}

const refusals: Record<string, string> = { period: "reports.errors.period", record: "reports.errors.record" };

function periodOf(given: (name: string) => string | undefined): unknown {
  const kind = given("period");
  switch (kind) {
    case undefined:
      return undefined;
    case "days":
      return { kind, from: given("from") ?? "", to: given("to") ?? "" };
    case "meetings":
      return { kind, from: given("fromMeeting") ?? "", to: given("toMeeting") ?? null };
    case "months":
      return { kind, months: Number(given("months")) };
    default:
      return { kind };
  }
}

/** The shortest address of a report that reads as the same request. */
export function requestQuery(request: ReportRequest): URLSearchParams {
  const { template, scope, period, day, known, locale, sections, record } = request;
  const query = new URLSearchParams({ template });
  const set = (name: string, value: string | null) => value && query.set(name, value);
  set("record", record);
  set("scope", scope);
  if (period) {
    query.set("period", period.kind === "days" && period.meetings ? "meetings" : period.kind);
    if (period.kind === "months") query.set("months", String(period.months));
    const meetings = period.kind === "meetings" ? [period.from, period.to] : period.kind === "days" && period.meetings;
    if (meetings) {
      set("fromMeeting", meetings[0] ?? null);
      set("toMeeting", meetings[1] ?? null);
    } else if (period.kind === "days") {
      query.set("from", period.from);
      query.set("to", period.to);
    }
  }
  set("day", day);
  set("known", known);
  query.set("lang", locale);
  if (sections) query.set("section", sections.join(","));
  return query;
}
