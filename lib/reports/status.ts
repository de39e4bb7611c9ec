import { daysBetween } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import { recordPath } from "#lib/paths.ts";
import { type Completion, Form } from "#prisma/generated/enums.ts";
import type { Block, Cell, Chart, Column, Figure, Section, Table } from "./document.ts";
import type { ReportRecord } from "./records.ts";
import type { Look, Setting } from "./setting.ts";

/** "Status of commitments": in numbers, by sector, agency and form; what is overdue and why; what lacks something. */
export function statusSections({ setting, records }: Look): Section[] {
  const { t } = setting;
  const is = (test: (record: ReportRecord) => boolean) => records.filter(test);
  const open = is((record) => record.open);
  const firm = open.filter((record) => record.firm);
  const overdue = is(({ schedule }) => schedule === "overdue").sort(byDeadline);
  const soon = is(({ schedule }) => schedule === "due_soon").sort(byDeadline);
  const section = (id: SectionId, blocks: Block[]): Section => ({ id, title: t(`reports.section.${id}`), blocks });
  const listed = (id: "dueSoon" | "unowned" | "undated" | "silent", found: readonly ReportRecord[]) =>
    section(id, [
      { kind: "text", text: t(`reports.says.${id}`, { count: found.length }) },
      ...(found.length > 0 ? [recordTable(setting, t(`reports.section.${id}`), found)] : []),
    ]);
  return [
    section("summary", [
      {
        kind: "figures",
        figures: [
          figure(setting, t("reports.figure.all"), records),
          figure(setting, t("reports.figure.open"), open),
          figure(
            setting,
            t("reports.figure.complete"),
            is(({ schedule }) => schedule === "done"),
          ),
          figure(setting, t("reports.figure.overdue"), overdue),
          figure(setting, t("reports.figure.dueSoon"), soon),
          figure(
            setting,
            t("reports.figure.undated"),
            is(({ schedule }) => schedule === "undated"),
          ),
          figure(
            setting,
            t("reports.figure.unowned"),
            open.filter(({ standing }) => standing.owner === null),
          ),
          figure(
            setting,
            t("reports.figure.notReported"),
            is(({ standing }) => standing.completion === "not_reported"),
          ),
        ],
      },
      { kind: "text", text: t("reports.notReportedMeans"), muted: true },
    ]),
    section(
      "bySector",
      byGroup(
        setting,
        t("reports.section.bySector"),
        t("commitments.field.sector"),
        groupBy(records, ({ standing }) => [standing.sectorId], [...setting.sectors]),
      ),
    ),
    section(
      "byAgency",
      byGroup(
        setting,
        t("reports.section.byAgency"),
        t("parties.role.lead"),
        groupBy(
          records,
          leadsOf,
          [...setting.parties].map(([id, { name }]) => [id, name]),
        ),
      ),
    ),
    section(
      "byForm",
      byGroup(
        setting,
        t("reports.section.byForm"),
        t("commitments.field.form"),
        groupBy(
          records,
          ({ standing }) => [standing.form],
          Object.values(Form).map((form) => [form, t(`commitments.form.${form}`)]),
        ),
      ),
    ),
    section("overdue", [
      { kind: "text", text: t("reports.says.overdue", { count: overdue.length }) },
      ...(overdue.length > 0 ? [lateTable(setting, overdue)] : []),
    ]),
    listed("dueSoon", soon),
    listed(
      "unowned",
      firm.filter(({ standing }) => standing.owner === null),
    ),
    listed(
      "undated",
      firm.filter(({ schedule }) => schedule === "undated"),
    ),
    listed(
      "silent",
      is(({ silent }) => silent),
    ),
  ];
}

type SectionId =
  | "summary"
  | "bySector"
  | "byAgency"
  | "byForm"
  | "overdue"
  | "dueSoon"
  | "unowned"
  | "undated"
  | "silent";

const figure = ({ register }: Setting, label: string, records: readonly ReportRecord[]): Figure => ({
  label,
  value: records.length,
  href: register(records),
});

const byDeadline = (a: ReportRecord, b: ReportRecord) =>
  (a.standing.deadline.latest ?? "9").localeCompare(b.standing.deadline.latest ?? "9") || a.number - b.number;

const leadsOf = ({ standing }: ReportRecord) =>
  standing.parties.filter((row) => row.startsWith("lead:")).map((row) => row.slice("lead:".length));

type Group = { label: string; records: ReportRecord[] };

/** The records of each value, in the order of `names`; a record of several values is in each. */
function groupBy(
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

const shownCompletions = [
  "complete",
  "substantial",
  "limited",
  "not_started",
  "not_reported",
] as const satisfies readonly Completion[];
const fills = {
  complete: "solid",
  substantial: "half",
  limited: "light",
  not_started: "striped",
  not_reported: "empty",
} as const;

/** A chart of where the records of each group stand, and the same in numbers that open the register. */
function byGroup(setting: Setting, caption: string, head: string, groups: readonly Group[]): Block[] {
  const { t, f, register } = setting;
  const withCompletion = (records: readonly ReportRecord[], completion: Completion) =>
    records.filter(({ standing }) => standing.completion === completion);
  const number = (records: readonly ReportRecord[]): Cell => ({
    text: f.number(records.length),
    value: records.length,
    ...(records.length > 0 && { href: register(records) }),
  });
  const chart: Chart = {
    kind: "chart",
    caption,
    series: shownCompletions.map((completion) => ({
      label: t(`commitments.completion.${completion}`),
      fill: fills[completion],
    })),
    bars: groups.map(({ label, records }) => ({
      label,
      href: register(records),
      values: shownCompletions.map((completion) => withCompletion(records, completion).length),
    })),
    alt: groups
      .map(({ label, records }) =>
        t("reports.barSays", { label, all: records.length, complete: withCompletion(records, "complete").length }),
      )
      .join("; "),
  };
  const table: Table = {
    kind: "table",
    caption,
    columns: [
      { label: head, type: "text", share: 4 },
      { label: t("reports.column.all"), type: "number", share: 1 },
      ...shownCompletions.map(
        (completion): Column => ({ label: t(`commitments.completion.${completion}`), type: "number", share: 1.2 }),
      ),
      { label: t("commitments.schedule.overdue"), type: "number", share: 1.2 },
    ],
    rows: groups.map(({ label, records }) => [
      { text: label },
      number(records),
      ...shownCompletions.map((completion) => number(withCompletion(records, completion))),
      number(records.filter(({ schedule }) => schedule === "overdue")),
    ]),
  };
  return [chart, table];
}

/** Records one below the other, each with where it was said. */
function recordTable(setting: Setting, caption: string, records: readonly ReportRecord[]): Table {
  const { t } = setting;
  return {
    kind: "table",
    caption,
    columns: [
      { label: t("commitments.field.reference"), type: "text", share: 1.3 },
      { label: t("commitments.field.title"), type: "text", share: 5 },
      { label: t("parties.role.lead"), type: "text", share: 2.6 },
      { label: t("commitments.field.owner"), type: "text", share: 1.8 },
      { label: t("commitments.field.completion"), type: "text", share: 1.6 },
      { label: t("commitments.field.deadline"), type: "day", share: 1.8 },
    ],
    rows: records.map((record) => [
      ...named(setting, record),
      { text: record.standing.owner ?? t("common.nobody") },
      { text: t(`commitments.completion.${record.standing.completion}`) },
      deadlineCell(setting, record),
    ]),
  };
}

/** What is overdue: by how much, and what was last said of it. */
function lateTable(setting: Setting, records: readonly ReportRecord[]): Table {
  const { t, f, asOf } = setting;
  return {
    kind: "table",
    caption: t("reports.section.overdue"),
    columns: [
      { label: t("commitments.field.reference"), type: "text", share: 1.3 },
      { label: t("commitments.field.title"), type: "text", share: 4 },
      { label: t("parties.role.lead"), type: "text", share: 2.4 },
      { label: t("commitments.field.deadline"), type: "day", share: 1.7 },
      { label: t("reports.column.daysLate"), type: "number", share: 1 },
      { label: t("reports.column.why"), type: "text", share: 3.4 },
    ],
    rows: records.map((record) => {
      const late = daysBetween(record.standing.deadline.latest ?? asOf.day, asOf.day);
      return [
        ...named(setting, record),
        deadlineCell(setting, record),
        { text: f.number(late), value: late, tone: "critical" },
        {
          text:
            record.reportedOn === null
              ? t("reports.nobodyReported")
              : `${f.shortDate(record.reportedOn)}: ${record.said ?? t(`commitments.completion.${record.standing.completion}`)}`,
        },
      ];
    }),
  };
}

function named(setting: Setting, record: ReportRecord): Cell[] {
  const { portfolioId, locale, parties, cite } = setting;
  const { standing, reference } = record;
  const title = pick({ en: standing["title.en"], vi: standing["title.vi"], lo: standing["title.lo"] }, locale);
  return [
    { text: reference, href: recordPath(portfolioId, reference) },
    { text: title.text, notes: cite(record), ...(title.lang && { lang: title.lang }) },
    {
      text: leadsOf(record)
        .map((id) => parties.get(id)?.name ?? id)
        .join("; "),
    },
  ];
}

function deadlineCell({ t, locale }: Setting, { standing, schedule }: ReportRecord): Cell {
  const { phrase, edtf, latest } = standing.deadline;
  return {
    text: edtf ? showEdtf(t, locale, edtf) : (phrase ?? t("dates.none")),
    ...(latest && { value: latest }),
    ...(schedule === "overdue" && { tone: "critical" }),
    ...(schedule === "due_soon" && { tone: "caution" }),
  };
}
