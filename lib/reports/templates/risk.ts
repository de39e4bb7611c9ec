import { addDays } from "#lib/dates.ts";
import type { Block, Table } from "#lib/reports/document.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import {
  byDeadline,
  deadlineText,
  figure,
  lateTable,
  named,
  namedColumns,
  ownerCell,
  recordTable,
  told,
} from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts } from "#lib/reports/setting.ts";

/** What falls due within so many days and has not been begun is at risk. */
const soonDays = 90;

/** "Overdue and at risk": what is late, what its owners doubt, and what the register itself gives cause to doubt. */
export function risk(look: Look): Parts<SectionOf<"risk">> {
  const { setting, records } = look;
  const { t, asOf } = setting;
  const open = records.filter((record) => record.open);
  const doubted = (confidence: "red" | "amber") =>
    open.filter(({ standing }) => standing.confidence === confidence).sort(byDeadline);
  const sorts = {
    overdue: open.filter(({ schedule }) => schedule === "overdue").sort(byDeadline),
    unlikely: doubted("red"),
    atRisk: doubted("amber"),
    notBegun: open
      .filter(({ standing: { completion, deadline } }) => {
        const begun = completion === "limited" || completion === "substantial";
        const { latest } = deadline;
        return !begun && latest !== null && latest >= asOf.day && latest <= addDays(asOf.day, soonDays);
      })
      .sort(byDeadline),
    slippedOften: open.filter((record) => datesOf(look, record).length > 2),
    silent: records.filter(({ silent }) => silent),
  };
  const listed = (id: keyof typeof sorts, table: (found: readonly ReportRecord[]) => Table): Block[] =>
    told(t(`reports.says.${id}`, { count: sorts[id].length }), sorts[id], () => table(sorts[id]));
  const outlook = (id: "unlikely" | "atRisk") => () =>
    // Why the owner doubts it, in the words of the last report.
    listed(id, (found) => recordTable(setting, t(`reports.section.${id}`), found, { why: true }));
  const plain = (id: "notBegun" | "silent") => () =>
    listed(id, (found) => recordTable(setting, t(`reports.section.${id}`), found));
  return {
    summary: () => [
      {
        kind: "figures",
        figures: Object.entries(sorts).map(([id, found]) =>
          figure(setting, t(`reports.section.${id as keyof typeof sorts}`), found),
        ),
      },
      { kind: "text", text: t("reports.riskMeans"), muted: true },
    ],
    overdue: () => listed("overdue", (found) => lateTable(setting, found)),
    unlikely: outlook("unlikely"),
    atRisk: outlook("atRisk"),
    notBegun: plain("notBegun"),
    slippedOften: () => listed("slippedOften", (found) => slippedTable(look, found)),
    silent: plain("silent"),
  };
}

/** The deadlines that a record had, the first one first and the present one last, each once as it followed another. */
function datesOf({ setting, lived }: Look, { number, standing }: ReportRecord): string[] {
  const { asOf, dayOf } = setting;
  const earlier = (lived.get(number)?.entries ?? [])
    .filter(({ at, changes }) => changes.deadline && at <= asOf.known && dayOf(at) <= asOf.day)
    .map(({ changes }) => changes.deadline?.[0] as ReportRecord["standing"]["deadline"] | null)
    .reverse();
  const texts = [...earlier, standing.deadline].flatMap((deadline) =>
    deadline && (deadline.edtf || deadline.phrase) ? [deadlineText(setting, deadline)] : [],
  );
  return texts.filter((text, at) => text !== texts[at - 1]);
}

function slippedTable(look: Look, records: readonly ReportRecord[]): Table {
  const { setting } = look;
  const { t, f } = setting;
  return {
    kind: "table",
    caption: t("reports.section.slippedOften"),
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.field.owner"), type: "text", share: 1.7 },
      { label: t("reports.column.times"), type: "number", share: 1 },
      { label: t("reports.column.deadlines"), type: "text", share: 3.6 },
    ],
    rows: records.map((record) => {
      const dates = datesOf(look, record);
      return [
        ...named(setting, record),
        ownerCell(setting, record),
        { text: f.number(dates.length - 1), value: dates.length - 1 },
        { text: dates.join(" → ") },
      ];
    }),
  };
}
