import type { Standing } from "#lib/commitments/standing.ts";
import { daysBetween } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import { recordPath } from "#lib/paths.ts";
import type { Entry } from "./as-of.ts";
import type { Block, Cell, Chart, Column, Figure, Table } from "./document.ts";
import type { ReportRecord } from "./records.ts";
import type { Look, Setting } from "./setting.ts";

/** What the templates of reports are put together from. */

/** A number that opens the register with the records that it counts. */
export const figure = ({ register }: Setting, label: string, records: readonly ReportRecord[]): Figure => ({
  label,
  value: records.length,
  href: register(records),
});

/** The same as a cell of a table; nought leads nowhere. */
export const count = ({ f, register }: Setting, records: readonly ReportRecord[]): Cell => ({
  text: f.number(records.length),
  value: records.length,
  ...(records.length > 0 && { href: register(records) }),
});

/** What a table says in words, and the table where there is something in it. */
export const told = (text: string, rows: readonly unknown[], table: () => Table): Block[] => [
  { kind: "text", text },
  ...(rows.length > 0 ? [table()] : []),
];

const last = "9999-12-31";
/** By the last day of the deadline, those without one at the end. */
export const byDeadline = (a: ReportRecord, b: ReportRecord) =>
  (a.standing.deadline.latest ?? last).localeCompare(b.standing.deadline.latest ?? last) || a.number - b.number;

/** The ids of the parties that lead. */
export const leadsOf = ({ standing }: ReportRecord): string[] =>
  standing.parties.filter((party) => party.startsWith("lead:")).map((party) => party.slice("lead:".length));

export type Group = { label: string; records: ReportRecord[] };

/** The records of each value, in the order of `names`; a record of several values is in each. */
export function groupBy(
  records: readonly ReportRecord[],
  valuesOf: (record: ReportRecord) => readonly string[],
  names: readonly (readonly [id: string, name: string])[],
): Group[] {
  const byValue = new Map<string, ReportRecord[]>();
  for (const record of records) {
    for (const value of new Set(valuesOf(record))) {
      const some = byValue.get(value) ?? [];
      some.push(record);
      byValue.set(value, some);
    }
  }
  return names.flatMap(([id, label]) => {
    const found = byValue.get(id);
    return found ? [{ label, records: found }] : [];
  });
}

/** Where a record can stand, with how that is told apart in a chart. What ended otherwise counts as one. */
const fills = {
  complete: "solid",
  substantial: "half",
  limited: "light",
  not_started: "striped",
  not_reported: "empty",
  ended: "dotted",
} as const;
type Stand = keyof typeof fills;

const standsAt = ({ standing: { completion } }: ReportRecord): Stand =>
  completion === "withdrawn" || completion === "superseded" ? "ended" : completion;

/** A chart of where the records of each group stand, and the same in numbers that open the register. */
export function byGroup(setting: Setting, caption: string, head: string, groups: readonly Group[]): Block[] {
  const { t, register } = setting;
  const at = (records: readonly ReportRecord[], stand: Stand) => records.filter((record) => standsAt(record) === stand);
  const anyEnded = groups.some(({ records }) => at(records, "ended").length > 0);
  const stands = (Object.keys(fills) as Stand[])
    .filter((stand) => stand !== "ended" || anyEnded)
    .map((stand) => ({
      stand,
      label: stand === "ended" ? t("commitments.schedule.ended") : t(`commitments.completion.${stand}`),
    }));
  const chart: Chart = {
    kind: "chart",
    caption,
    series: stands.map(({ stand, label }) => ({ label, fill: fills[stand] })),
    bars: groups.map(({ label, records }) => ({
      label,
      href: register(records),
      values: stands.map(({ stand }) => at(records, stand).length),
    })),
    alt: groups
      .map(({ label, records }) =>
        t("reports.barSays", { label, all: records.length, complete: at(records, "complete").length }),
      )
      .join("; "),
  };
  const table: Table = {
    kind: "table",
    caption,
    columns: [
      { label: head, type: "text", share: 4 },
      { label: t("reports.column.all"), type: "number", share: 1 },
      ...stands.map(({ label }): Column => ({ label, type: "number", share: 1.2 })),
      { label: t("commitments.schedule.overdue"), type: "number", share: 1.2 },
    ],
    rows: groups.map(({ label, records }) => [
      { text: label },
      count(setting, records),
      ...stands.map(({ stand }) => count(setting, at(records, stand))),
      count(
        setting,
        records.filter(({ schedule }) => schedule === "overdue"),
      ),
    ]),
  };
  return [chart, table];
}

/** The columns and cells of what a table says first of each record: its reference, title and who leads. */
export const namedColumns = ({ t }: Setting): Column[] => [
  { label: t("commitments.field.reference"), type: "text", share: 1.3 },
  { label: t("commitments.field.title"), type: "text", share: 4 },
  { label: t("parties.role.lead"), type: "text", share: 2.4 },
];

export const named = (setting: Setting, record: ReportRecord): Cell[] => [
  ...titled(setting, record),
  {
    text: leadsOf(record)
      .map((id) => setting.parties.get(id)?.name ?? id)
      .join("; "),
  },
];

/** The same without who leads. */
function titled({ portfolioId, locale, cite }: Setting, record: ReportRecord): [Cell, Cell] {
  const { standing, reference } = record;
  const title = titleOf(standing, locale);
  return [
    { text: reference, href: recordPath(portfolioId, reference) },
    { text: title.text, notes: cite(record), ...(title.lang && { lang: title.lang }) },
  ];
}

/** A record's title in the reader's language, or in another one, which it then names. */
export const titleOf = (standing: Standing, locale: Setting["locale"]) =>
  pick({ en: standing["title.en"], vi: standing["title.vi"], lo: standing["title.lo"] }, locale);

/** Several records in a cell, by their references. */
export const referencesOf = (records: readonly ReportRecord[]): Cell => ({
  text: records.map(({ reference }) => reference).join(", "),
});

/** A deadline in words: its date, else the words of the text, else that there is none. */
export function deadlineText({ t, locale }: Setting, { phrase, edtf }: Standing["deadline"]): string {
  return edtf ? showEdtf(t, locale, edtf) : (phrase ?? t("dates.none"));
}

export function deadlineCell(setting: Setting, { standing, schedule }: ReportRecord): Cell {
  const { latest } = standing.deadline;
  return {
    text: deadlineText(setting, standing.deadline),
    ...(latest && { value: latest }),
    ...(schedule === "overdue" && { tone: "critical" }),
    ...(schedule === "due_soon" && { tone: "caution" }),
  };
}

export const ownerCell = ({ t }: Setting, { standing }: ReportRecord): Cell => ({
  text: standing.owner ?? t("common.nobody"),
});

export const statusCell = ({ t }: Setting, { standing }: ReportRecord): Cell => ({
  text: t(`commitments.completion.${standing.completion}`),
});

/** What was last said of a record and of which day, or that nobody has. */
export function saidCell({ t, f }: Setting, { standing, reportedOn, said }: ReportRecord): Cell {
  if (reportedOn === null) return { text: t("reports.nobodyReported") };
  return { text: `${f.shortDate(reportedOn)}: ${said ?? t(`commitments.completion.${standing.completion}`)}` };
}

/** Records one below the other, each with where it was said; with `why`, what was last said of them too. */
export function recordTable(
  setting: Setting,
  caption: string,
  records: readonly ReportRecord[],
  { why = false }: { why?: boolean } = {},
): Table {
  const { t } = setting;
  return {
    kind: "table",
    caption,
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.field.owner"), type: "text", share: 1.7 },
      { label: t("commitments.field.completion"), type: "text", share: 1.5 },
      { label: t("commitments.field.deadline"), type: "day", share: 1.7 },
      ...(why ? [{ label: t("reports.column.why"), type: "text", share: 3 } as const] : []),
    ],
    rows: records.map((record) => [
      ...named(setting, record),
      ownerCell(setting, record),
      statusCell(setting, record),
      deadlineCell(setting, record),
      ...(why ? [saidCell(setting, record)] : []),
    ]),
  };
}

/** What is overdue: by how much, and what was last said of it. */
export function lateTable(setting: Setting, records: readonly ReportRecord[]): Table {
  const { t, f } = setting;
  return {
    kind: "table",
    caption: t("reports.section.overdue"),
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.field.deadline"), type: "day", share: 1.7 },
      { label: t("reports.column.daysLate"), type: "number", share: 1 },
      { label: t("reports.column.why"), type: "text", share: 3.4 },
    ],
    rows: records.map((record) => {
      const late = daysLate(setting, record);
      return [
        ...named(setting, record),
        deadlineCell(setting, record),
        { text: f.number(late), value: late, tone: "critical" },
        saidCell(setting, record),
      ];
    }),
  };
}

/** How many days the last day of a deadline is past on the report's day. */
export const daysLate = ({ asOf }: Setting, { standing }: ReportRecord): number =>
  daysBetween(standing.deadline.latest ?? asOf.day, asOf.day);

/** The last entry of a record's history within the report's period, or up to its day, that changed a field. */
export function lastEntry(
  { setting, request, lived }: Look,
  { number }: ReportRecord,
  field: string,
): Entry | undefined {
  const { dayOf, asOf } = setting;
  const from = request.period?.from ?? "";
  return lived
    .get(number)
    ?.entries.find(
      ({ at, changes }) => changes[field] && at <= asOf.known && dayOf(at) > from && dayOf(at) <= asOf.day,
    );
}
