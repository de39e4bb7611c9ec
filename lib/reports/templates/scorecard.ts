import type { Block, Cell, Chart, Table } from "#lib/reports/document.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import { count, daysLate, figure, type Group, groupBy, leadsOf, recordTable, told } from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts, Setting } from "#lib/reports/setting.ts";

/** "Agency scorecard": for each lead agency of both sides what it has to do, how late it is, and how much came in time. */
export function scorecard({ setting, records }: Look): Parts<SectionOf<"scorecard">> {
  const { t, parties, f } = setting;
  const agenciesOf = (test: (side: string | null) => boolean): Group[] =>
    groupBy(
      records,
      leadsOf,
      [...parties].filter(([, { side }]) => test(side)).map(([id, { name }]) => [id, name]),
    ).sort((a, b) => f.compare(a.label, b.label));
  const sides = {
    vietNam: agenciesOf((side) => side === "vn"),
    laos: agenciesOf((side) => side === "la"),
    elsewhere: agenciesOf((side) => side !== "vn" && side !== "la"),
  };
  const unled = records.filter((record) => record.open && leadsOf(record).length === 0);
  const side = (id: keyof typeof sides) => (): Block[] => {
    const groups = sides[id];
    const title = t(`reports.section.${id}`);
    const text = t("reports.says.agencies", { count: groups.length });
    if (groups.length === 0) return [{ kind: "text", text }];
    return [{ kind: "text", text }, bars(setting, title, groups), card(setting, title, groups)];
  };
  return {
    summary: () => [
      {
        kind: "figures",
        figures: [
          figure(setting, t("reports.figure.all"), records),
          figure(
            setting,
            t("reports.figure.open"),
            records.filter(({ open }) => open),
          ),
          figure(setting, t("reports.figure.overdue"), overdueOf(records)),
          figure(setting, t("reports.figure.unled"), unled),
        ],
      },
      { kind: "text", text: t("reports.scorecardMeans"), muted: true },
    ],
    vietNam: side("vietNam"),
    laos: side("laos"),
    elsewhere: side("elsewhere"),
    unled: () =>
      told(t("reports.says.unled", { count: unled.length }), unled, () =>
        recordTable(setting, t("reports.section.unled"), unled),
      ),
  };
}

const overdueOf = (records: readonly ReportRecord[]) => records.filter(({ schedule }) => schedule === "overdue");
const doneOf = (records: readonly ReportRecord[]) => records.filter(({ schedule }) => schedule === "done");

/** Those of which it is known on which day they were complete and by which they had to be, and those of them in time. */
function timely(records: readonly ReportRecord[]): { judged: ReportRecord[]; inTime: ReportRecord[] } {
  const judged = records.filter(({ completedOn, standing }) => completedOn && standing.deadline.latest);
  const inTime = judged.filter(({ completedOn, standing }) => (completedOn ?? "") <= (standing.deadline.latest ?? ""));
  return { judged, inTime };
}

function card(setting: Setting, caption: string, groups: readonly Group[]): Table {
  const { t } = setting;
  const number = (label: string, share = 1.1) => ({ label, type: "number" as const, share });
  return {
    kind: "table",
    caption,
    columns: [
      { label: t("reports.column.agency"), type: "text", share: 4 },
      number(t("reports.column.all")),
      number(t("reports.column.open")),
      number(t("commitments.schedule.overdue")),
      number(t("commitments.schedule.done")),
      number(t("reports.column.noNews")),
      number(t("reports.column.averageLate"), 1.4),
      { label: t("reports.column.onTime"), type: "text", share: 1.8 },
    ],
    rows: groups.map(({ label, records }) => [
      { text: label },
      count(setting, records),
      count(
        setting,
        records.filter(({ open }) => open),
      ),
      count(setting, overdueOf(records)),
      count(setting, doneOf(records)),
      count(
        setting,
        records.filter(({ silent }) => silent),
      ),
      averageCell(setting, overdueOf(records)),
      onTimeCell(setting, records),
    ]),
  };
}

/** How many days late on average, of what is overdue. */
function averageCell(setting: Setting, overdue: readonly ReportRecord[]): Cell {
  if (overdue.length === 0) return { text: "" };
  const days = overdue.reduce((sum, record) => sum + daysLate(setting, record), 0) / overdue.length;
  const value = Math.round(days * 10) / 10;
  return { text: setting.f.number(value), value };
}

/** The share that came in time, with how many it rests on: of one it is no rate to be proud of. */
function onTimeCell(setting: Setting, records: readonly ReportRecord[]): Cell {
  const { judged, inTime } = timely(records);
  const { t, f, register } = setting;
  if (judged.length === 0) return { text: t("reports.nothingJudged") };
  return {
    text: t("reports.onTime", { share: f.percent(inTime.length / judged.length), count: judged.length }),
    href: register(judged),
  };
}

/** Done, open and overdue of each agency. */
function bars({ t, register }: Setting, caption: string, groups: readonly Group[]): Chart {
  const parts = (records: readonly ReportRecord[]) => {
    const [done, overdue] = [doneOf(records).length, overdueOf(records).length];
    const open = records.filter((record) => record.open).length - overdue;
    return [done, open, overdue, records.length - done - open - overdue];
  };
  return {
    kind: "chart",
    caption,
    series: [
      { label: t("commitments.schedule.done"), fill: "solid" },
      { label: t("reports.column.openInTime"), fill: "light" },
      { label: t("commitments.schedule.overdue"), fill: "striped" },
      { label: t("commitments.schedule.ended"), fill: "dotted" },
    ],
    bars: groups.map(({ label, records }) => ({ label, href: register(records), values: parts(records) })),
    alt: groups
      .map(({ label, records }) =>
        t("reports.agencySays", { label, all: records.length, overdue: overdueOf(records).length }),
      )
      .join("; "),
  };
}
