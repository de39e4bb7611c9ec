import { rankOf } from "#lib/commitments/rules.ts";
import { type Day, daysBetween } from "#lib/dates.ts";
import type { Block, Cell, Table } from "#lib/reports/document.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import {
  byDeadline,
  byGroup,
  deadlineText,
  figure,
  lastEntry,
  named,
  namedColumns,
  recordTable,
  saidCell,
  told,
} from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts, Setting } from "#lib/reports/setting.ts";
import type { Completion } from "#prisma/generated/enums.ts";

/** A record as it stood at both ends of the period; `before` is null if it was not promised yet. */
type Change = { before: ReportRecord | null; after: ReportRecord };

/** "Between two sessions": what was done, what moved, what slipped and why, what came and what went. */
export async function between(look: Look): Promise<Parts<SectionOf<"between">>> {
  const { setting, request, records, all } = look;
  const { t, f } = setting;
  const period = request.period ?? { from: request.day, to: request.day };
  const start = await look.on(period.from);
  const before = new Map(look.allOn(period.from).map((record) => [record.number, record]));
  const changes = records.map((after): Change => ({ before: before.get(after.number) ?? null, after }));
  const of = (test: (change: Change) => boolean) => changes.filter(test);
  const there = new Set(all.map(({ number }) => number));
  const sorts = {
    done: of(({ before, after }) => is(after, "complete") && !is(before, "complete")),
    started: of(({ before, after }) => is(after, "limited", "substantial") && (stepOf(before) ?? 0) <= 1),
    advanced: of(({ before, after }) => is(before, "limited") && is(after, "substantial")),
    slipped: of(({ before, after }) => moved(before, after) === "later"),
    redated: of(({ before, after }) => ["set", "earlier", "dropped"].includes(moved(before, after))),
    fellBack: of(({ before, after }) => before !== null && fellBack(before, after)),
    promised: of(({ before }) => before === null),
    restated: of(({ after }) => heardOf(look, after).length > 0),
    closed: of(({ before, after }) => ended(after) && !(before && ended(before))),
  };
  const gone = start.filter(({ number }) => !there.has(number));
  const listed = (id: keyof typeof sorts, table: (changes: readonly Change[]) => Table): Block[] =>
    told(t(`reports.says.${id}`, { count: sorts[id].length }), sorts[id], () => table(sorts[id]));
  const asStatus = (id: "done" | "started" | "advanced" | "fellBack") => () =>
    listed(id, (found) => statusTable(setting, t(`reports.section.${id}`), found));
  const asDeadline = (id: "slipped" | "redated") => () => listed(id, (found) => deadlineTable(look, id, found));
  return {
    summary: () => [
      {
        kind: "figures",
        figures: Object.entries(sorts).map(([id, found]) =>
          figure(setting, t(`reports.section.${id as keyof typeof sorts}`), after(found)),
        ),
      },
      ...byGroup(setting, t("reports.stoodAt"), t("reports.column.day"), [
        { label: f.date(period.from), records: start },
        { label: f.date(period.to), records: [...records] },
      ]),
      { kind: "text", text: t("reports.notReportedMeans"), muted: true },
    ],
    done: asStatus("done"),
    started: asStatus("started"),
    advanced: asStatus("advanced"),
    slipped: asDeadline("slipped"),
    redated: asDeadline("redated"),
    fellBack: asStatus("fellBack"),
    promised: () => listed("promised", (found) => recordTable(setting, t("reports.section.promised"), after(found))),
    restated: () => listed("restated", (found) => restatedTable(look, found)),
    closed: () => [
      ...listed("closed", (found) => closedTable(look, found)),
      ...(gone.length > 0
        ? [
            {
              kind: "text" as const,
              text: t("reports.says.gone", { list: f.list(gone.map(({ reference }) => reference)) }),
            },
          ]
        : []),
    ],
  };
}

const after = (changes: readonly Change[]) => changes.map((change) => change.after);
const is = (record: ReportRecord | null, ...completions: Completion[]) =>
  record !== null && completions.includes(record.standing.completion);

const steps: readonly Completion[] = ["not_reported", "not_started", "limited", "substantial", "complete"];
/** How far a record has come; null if it has ended otherwise or is not there yet. */
function stepOf(record: ReportRecord | null): number | null {
  const step = record === null ? -1 : steps.indexOf(record.standing.completion);
  return step < 0 ? null : step;
}

const ended = ({ standing }: ReportRecord) => rankOf(standing) === 2;

/** What was said of less, and what was ended and is open again. That nobody has said anything yet is no step. */
function fellBack(before: ReportRecord, after: ReportRecord): boolean {
  const [from, to] = [stepOf(before), stepOf(after)];
  if (to === null) return false;
  return from === null ? ended(before) && after.open : to < from && from > 1;
}

/** What became of a deadline. One that is written otherwise and ends on the same day is the same. */
function moved(
  before: ReportRecord | null,
  { standing }: ReportRecord,
): "same" | "set" | "dropped" | "later" | "earlier" {
  if (before === null) return "same";
  const [from, to] = [before.standing.deadline.latest, standing.deadline.latest];
  if (from === to) return "same";
  if (from === null) return "set";
  if (to === null) return "dropped";
  return to > from ? "later" : "earlier";
}

function statusTable(setting: Setting, caption: string, changes: readonly Change[]): Table {
  const { t } = setting;
  const said = (record: ReportRecord | null): Cell => ({
    text: record ? t(`commitments.completion.${record.standing.completion}`) : t("reports.notThere"),
  });
  return {
    kind: "table",
    caption,
    columns: [
      ...namedColumns(setting),
      { label: t("reports.column.before"), type: "text", share: 1.4 },
      { label: t("reports.column.after"), type: "text", share: 1.4 },
      { label: t("reports.column.why"), type: "text", share: 3.2 },
    ],
    rows: changes.map(({ before, after }) => [
      ...named(setting, after),
      said(before),
      said(after),
      saidCell(setting, after),
    ]),
  };
}

/** Deadlines as they were and as they are, why, and who says so. */
function deadlineTable(look: Look, id: "slipped" | "redated", changes: readonly Change[]): Table {
  const { setting } = look;
  const { t, f } = setting;
  const inOrder = [...changes].sort((a, b) => byDeadline(a.after, b.after));
  return {
    kind: "table",
    caption: t(`reports.section.${id}`),
    columns: [
      ...namedColumns(setting),
      { label: t("reports.column.oldDeadline"), type: "day", share: 1.6 },
      { label: t("reports.column.newDeadline"), type: "day", share: 1.6 },
      { label: t("reports.column.daysMoved"), type: "number", share: 1 },
      { label: t("reports.column.reason"), type: "text", share: 3 },
    ],
    rows: inOrder.map(({ before, after }) => {
      const [old, now] = [before?.standing.deadline ?? after.standing.deadline, after.standing.deadline];
      const days = old.latest && now.latest ? daysBetween(old.latest, now.latest) : null;
      const day = (deadline: typeof old): Cell => ({
        text: deadlineText(setting, deadline),
        ...(deadline.latest && { value: deadline.latest }),
      });
      return [
        ...named(setting, after),
        day(old),
        day(now),
        days === null ? { text: "" } : { text: f.number(days), value: days },
        reasonCell(look, after, "deadline"),
      ];
    }),
  };
}

/** Why something was changed within the period, and by whom. */
function reasonCell(look: Look, record: ReportRecord, field: "deadline" | "completion"): Cell {
  const { t, f, dayOf } = look.setting;
  const entry = lastEntry(look, record, field);
  if (!entry) return { text: t("reports.noReason") };
  const why = entry.changes.reason?.[1];
  const by = t("reports.byOn", { name: entry.actorName ?? "", date: f.shortDate(dayOf(entry.at)) });
  return { text: `${typeof why === "string" && why ? why : t("reports.noReason")} (${by})` };
}

/** The meetings of the period at which a record was restated or reviewed. */
function heardOf({ setting, request }: Look, { standing }: ReportRecord) {
  const { from, to } = request.period ?? { from: request.day, to: request.day };
  return standing.meetings.flatMap((told) => {
    const [relation, key = ""] = told.split(":");
    const meeting = setting.meetings.get(key);
    if ((relation !== "restated" && relation !== "reviewed") || !meeting?.day) return [];
    return meeting.day > from && meeting.day <= to
      ? [{ relation: relation as "restated" | "reviewed", name: meeting.name, day: meeting.day as Day }]
      : [];
  });
}

function restatedTable(look: Look, changes: readonly Change[]): Table {
  const { setting } = look;
  const { t } = setting;
  return {
    kind: "table",
    caption: t("reports.section.restated"),
    columns: [
      ...namedColumns(setting),
      { label: t("commitments.field.meeting"), type: "text", share: 3.4 },
      { label: t("commitments.edit.meetings.relation"), type: "text", share: 1.6 },
      { label: t("reports.column.date"), type: "day", share: 1.5 },
    ],
    rows: changes.flatMap(({ after }) =>
      heardOf(look, after).map(({ relation, name, day }) => [
        ...named(setting, after),
        { text: name },
        { text: t(`meetings.relation.${relation}`) },
        { text: setting.f.shortDate(day), value: day },
      ]),
    ),
  };
}

/** What ended without being complete: how, why, and what takes its place. */
function closedTable(look: Look, changes: readonly Change[]): Table {
  const { setting, all } = look;
  const { t } = setting;
  return {
    kind: "table",
    caption: t("reports.section.closed"),
    columns: [
      ...namedColumns(setting),
      { label: t("reports.column.how"), type: "text", share: 1.6 },
      { label: t("reports.column.reason"), type: "text", share: 3.2 },
      { label: t("commitments.record.successors"), type: "text", share: 1.6 },
    ],
    rows: changes.map(({ after }) => {
      const { completion, lifecycle } = after.standing;
      const bySteps = completion === "withdrawn" || completion === "superseded" || lifecycle === null;
      const successors = all.filter(({ standing }) => standing.predecessorId === after.id);
      return [
        ...named(setting, after),
        { text: bySteps ? t(`commitments.completion.${completion}`) : t(`commitments.lifecycle.${lifecycle}`) },
        reasonCell(look, after, "completion"),
        { text: successors.map(({ reference }) => reference).join(", ") },
      ];
    }),
  };
}
