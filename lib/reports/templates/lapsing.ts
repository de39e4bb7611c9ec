import { rankOf } from "#lib/commitments/rules.ts";
import { addDays, type Day, parseEdtf } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import type { Block, Cell, Table } from "#lib/reports/document.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import {
  count,
  deadlineCell,
  figure,
  named,
  namedColumns,
  ownerCell,
  recordTable,
  referencesOf,
  statusCell,
  told,
} from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts } from "#lib/reports/setting.ts";

/** How many days ahead an end is told of. */
const horizon = 365;

/** An instrument with the last day of its end, and what is still open under it, at any depth. */
type Lapse = { record: ReportRecord; ends: Day | null; open: ReportRecord[] };

/** "Lapsing agreements and carry-over": what has ended or ends soon, and what is still to be done under it. */
export function lapsing(look: Look): Parts<SectionOf<"lapsing">> {
  const { setting, records, all } = look;
  const { t, asOf } = setting;
  const under = openUnder(all);
  const instruments = records
    .filter(({ standing }) => standing.form === "instrument")
    .map((record): Lapse => ({ record, ends: lastDay(record), open: under(record) }))
    .sort((a, b) => (a.ends ?? "9999").localeCompare(b.ends ?? "9999") || a.record.number - b.record.number);
  const lapsed = instruments.filter(({ record, ends }) => isOver(record) || (ends !== null && ends < asOf.day));
  const ending = instruments.filter(
    (each) => !lapsed.includes(each) && each.ends !== null && each.ends <= addDays(asOf.day, horizon),
  );
  const endUnknown = instruments.filter(({ record, ends }) => ends === null && !isOver(record));
  const carried = [...lapsed, ...ending].flatMap((lapse) => lapse.open.map((record) => ({ record, lapse })));
  const only = (lapses: readonly Lapse[]) => lapses.map(({ record }) => record);
  const distinct = [...new Map(carried.map(({ record }) => [record.number, record])).values()];
  const listed = (id: "lapsed" | "ending", found: readonly Lapse[]): Block[] =>
    told(t(`reports.says.${id}`, { count: found.length }), found, () => lapseTable(look, id, found));
  return {
    summary: () => [
      {
        kind: "figures",
        figures: [
          figure(setting, t("reports.figure.instruments"), only(instruments)),
          figure(setting, t("reports.section.lapsed"), only(lapsed)),
          figure(setting, t("reports.section.ending"), only(ending)),
          figure(setting, t("reports.section.carryOver"), distinct),
          figure(setting, t("reports.section.endUnknown"), only(endUnknown)),
        ],
      },
      { kind: "text", text: t("reports.lapsingMeans"), muted: true },
    ],
    lapsed: () => listed("lapsed", lapsed),
    ending: () => listed("ending", ending),
    carryOver: () =>
      told(t("reports.says.carryOver", { count: distinct.length }), carried, () => carriedTable(look, carried)),
    endUnknown: () =>
      told(t("reports.says.endUnknown", { count: endUnknown.length }), endUnknown, () =>
        recordTable(setting, t("reports.section.endUnknown"), only(endUnknown)),
      ),
  };
}

/** Ended by people, and not because a day has passed. */
const isOver = ({ standing }: ReportRecord) =>
  rankOf({ completion: "not_reported", lifecycle: standing.lifecycle }) === 2;

function lastDay({ standing }: ReportRecord): Day | null {
  const parsed = standing.ends === null ? null : parseEdtf(standing.ends);
  return parsed?.ok ? parsed.value.latest : null;
}

/** What gives the open records that are made under another one, also those under what is made under it. */
function openUnder(all: readonly ReportRecord[]): (record: ReportRecord) => ReportRecord[] {
  const children = Map.groupBy(all, ({ standing }) => standing.parentId ?? "");
  return (record) => {
    const found = new Set<ReportRecord>();
    const walk = (id: string) => {
      for (const child of children.get(id) ?? []) {
        if (found.has(child)) continue;
        found.add(child);
        walk(child.id);
      }
    };
    walk(record.id);
    return [...found].filter(({ open }) => open).sort((a, b) => a.number - b.number);
  };
}

const successorsOf = (all: readonly ReportRecord[], { id }: ReportRecord) =>
  all.filter(({ standing }) => standing.predecessorId === id);

function endCell({ setting }: Look, { record, ends }: Lapse): Cell {
  const { t, locale, asOf } = setting;
  const { standing } = record;
  return {
    text: standing.ends ? showEdtf(t, locale, standing.ends) : t("dates.none"),
    ...(ends && { value: ends }),
    ...(ends && ends < asOf.day && { tone: "critical" as const }),
  };
}

/** By when notice has to be given, where the text says how long before the end. */
function noticeCell({ setting }: Look, { record, ends }: Lapse): Cell {
  const { noticeDays } = record.standing;
  if (noticeDays === null || ends === null) return { text: "" };
  const day = addDays(ends, -noticeDays);
  return {
    text: setting.f.shortDate(day),
    value: day,
    ...(day < setting.asOf.day ? { tone: "critical" } : day <= addDays(setting.asOf.day, 30) && { tone: "caution" }),
  };
}

function lapseTable(look: Look, id: "lapsed" | "ending", lapses: readonly Lapse[]): Table {
  const { setting, all } = look;
  const { t } = setting;
  return {
    kind: "table",
    caption: t(`reports.section.${id}`),
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.edit.instrument.ends"), type: "day", share: 1.6 },
      { label: t("commitments.edit.instrument.lifecycle"), type: "text", share: 1.4 },
      { label: t("reports.column.noticeBy"), type: "day", share: 1.4 },
      { label: t("reports.column.openUnder"), type: "number", share: 1.1 },
      { label: t("commitments.record.successors"), type: "text", share: 1.5 },
    ],
    rows: lapses.map((lapse) => [
      ...named(setting, lapse.record),
      endCell(look, lapse),
      { text: t(`commitments.lifecycle.${lapse.record.standing.lifecycle ?? "unknown"}`) },
      noticeCell(look, lapse),
      count(setting, lapse.open),
      successorCell(look, successorsOf(all, lapse.record)),
    ]),
  };
}

const successorCell = ({ setting }: Look, successors: readonly ReportRecord[]): Cell =>
  successors.length > 0 ? referencesOf(successors) : { text: setting.t("reports.noSuccessor") };

/** What is still to be done although that under which it was promised ends: to be carried over, or let go. */
function carriedTable(look: Look, carried: readonly { record: ReportRecord; lapse: Lapse }[]): Table {
  const { setting, all } = look;
  const { t } = setting;
  return {
    kind: "table",
    caption: t("reports.section.carryOver"),
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.edit.relations.parent"), type: "text", share: 1.4 },
      { label: t("commitments.edit.instrument.ends"), type: "day", share: 1.5 },
      { label: t("commitments.field.owner"), type: "text", share: 1.6 },
      { label: t("commitments.field.completion"), type: "text", share: 1.4 },
      { label: t("commitments.field.deadline"), type: "day", share: 1.6 },
      { label: t("commitments.record.successors"), type: "text", share: 1.4 },
    ],
    rows: carried.map(({ record, lapse }) => [
      ...named(setting, record),
      referencesOf([lapse.record]),
      endCell(look, lapse),
      ownerCell(setting, record),
      statusCell(setting, record),
      deadlineCell(setting, record),
      successorCell(look, successorsOf(all, record)),
    ]),
  };
}
