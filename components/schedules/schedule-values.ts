import type { Locale } from "#lib/i18n/locales.ts";
import type { ReportFormat } from "#lib/reports/formats.ts";
import type { ReportRequest } from "#lib/reports/request.ts";
import type { ReportEvery } from "#prisma/generated/enums.ts";

/** A schedule as its form holds it: numbers as people type them. */
export type ScheduleValues = {
  name: string;
  every: ReportEvery;
  weekday: string;
  monthDay: string;
  daysBefore: string;
  hour: string;
  template: ReportRequest["template"];
  scope: string;
  record: string;
  /** "sinceMeeting", or how many months. */
  period: string;
  locale: Locale;
  formats: ReportFormat[];
  personIds: string[];
  addresses: string;
};

/** A schedule as the pages give it to its form. */
export type ScheduleGiven = {
  name: string;
  request: ReportRequest;
  formats: readonly ReportFormat[];
  every: ReportEvery;
  weekday: number | null;
  monthDay: number | null;
  daysBefore: number | null;
  hour: number;
  personIds: readonly string[];
  addresses: readonly string[];
};

/** A new one, of a report that somebody looked at. */
export const newSchedule = (request: ReportRequest): ScheduleGiven => ({
  name: "",
  request: { ...request, day: null, known: null },
  formats: ["pdf"],
  every: "week",
  weekday: 1,
  monthDay: 1,
  daysBefore: 7,
  hour: 8,
  personIds: [],
  addresses: [],
});

export function valuesOf(given: ScheduleGiven): ScheduleValues {
  const { request } = given;
  const text = (number: number | null, otherwise: string) => (number === null ? otherwise : String(number));
  return {
    name: given.name,
    every: given.every,
    weekday: text(given.weekday, "1"),
    monthDay: text(given.monthDay, "1"),
    daysBefore: text(given.daysBefore, "7"),
    hour: String(given.hour),
    template: request.template,
    scope: request.scope,
    record: request.record ?? "",
    period: request.period?.kind === "months" ? String(request.period.months) : "sinceMeeting",
    locale: request.locale,
    formats: [...given.formats],
    personIds: [...given.personIds],
    addresses: given.addresses.join("\n"),
  };
}

/** What is typed as a whole number; anything else stays as it is, for the schema to refuse. */
const number = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : text);

/** What the form says, as the commands take it. What it has no field for stays as the schedule had it. */
export function inputOf(values: ScheduleValues, given: ReportRequest) {
  const { template, scope, record, period, locale, addresses, every, weekday, monthDay, daysBefore, hour, ...rest } =
    values;
  const same = template === given.template;
  return {
    ...rest,
    request: {
      template,
      scope: template === "brief" ? "" : scope,
      record: template === "brief" ? record.trim().toUpperCase() : null,
      period: template !== "between" ? null : periodOf(period),
      day: null,
      known: null,
      locale,
      sections: same ? given.sections : null,
    },
    every,
    weekday: every === "week" ? number(weekday) : null,
    monthDay: every === "month" ? number(monthDay) : null,
    daysBefore: every === "meeting" ? number(daysBefore) : null,
    hour: number(hour),
    addresses: addresses.split(/[\s,;]+/).filter(Boolean),
  };
}

const periodOf = (period: string) =>
  period === "sinceMeeting" ? { kind: "sinceMeeting" } : { kind: "months", months: Number(period) };

/** Where in the form the schema's complaint about a field belongs. */
export function fieldOf(path: string): keyof ScheduleValues {
  const [field = "", part = ""] = path.split(".");
  if (field === "request") return part === "record" || part === "period" || part === "scope" ? part : "template";
  return field as keyof ScheduleValues;
}
