import type { Block } from "#lib/reports/document.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import { byDeadline, byGroup, figure, groupBy, lateTable, leadsOf, recordTable, told } from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts } from "#lib/reports/setting.ts";
import { Form } from "#prisma/generated/enums.ts";

/** "Status of commitments": in numbers, by sector, agency and form; what is overdue and why; what lacks something. */
export function status({ setting, records }: Look): Parts<SectionOf<"status">> {
  const { t } = setting;
  const is = (test: (record: ReportRecord) => boolean) => records.filter(test);
  const open = is((record) => record.open);
  const firm = open.filter((record) => record.firm);
  const overdue = is(({ schedule }) => schedule === "overdue").sort(byDeadline);
  const soon = is(({ schedule }) => schedule === "due_soon").sort(byDeadline);
  const listed = (id: "dueSoon" | "unowned" | "undated" | "silent", found: readonly ReportRecord[]): Block[] =>
    told(t(`reports.says.${id}`, { count: found.length }), found, () =>
      recordTable(setting, t(`reports.section.${id}`), found),
    );
  const figures = {
    all: records,
    open,
    complete: is(({ schedule }) => schedule === "done"),
    overdue,
    dueSoon: soon,
    undated: is(({ schedule }) => schedule === "undated"),
    unowned: open.filter(({ standing }) => standing.owner === null),
    notReported: is(({ standing }) => standing.completion === "not_reported"),
  } as const;
  return {
    summary: () => [
      {
        kind: "figures",
        figures: Object.entries(figures).map(([id, found]) =>
          figure(setting, t(`reports.figure.${id as keyof typeof figures}`), found),
        ),
      },
      { kind: "text", text: t("reports.notReportedMeans"), muted: true },
    ],
    bySector: () =>
      byGroup(
        setting,
        t("reports.section.bySector"),
        t("commitments.field.sector"),
        groupBy(records, ({ standing }) => [standing.sectorId], [...setting.sectors]),
      ),
    byAgency: () =>
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
    byForm: () =>
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
    overdue: () =>
      told(t("reports.says.overdue", { count: overdue.length }), overdue, () => lateTable(setting, overdue)),
    dueSoon: () => listed("dueSoon", soon),
    unowned: () =>
      listed(
        "unowned",
        firm.filter(({ standing }) => standing.owner === null),
      ),
    undated: () =>
      listed(
        "undated",
        firm.filter(({ schedule }) => schedule === "undated"),
      ),
    silent: () =>
      listed(
        "silent",
        is(({ silent }) => silent),
      ),
  };
}
