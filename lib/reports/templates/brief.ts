import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import { recordPath } from "#lib/paths.ts";
import type { Block, Cell, Table } from "#lib/reports/document.ts";
import { figureRow, figureTable } from "#lib/reports/figure-table.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import { deadlineText, titleOf, told } from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look, Parts } from "#lib/reports/setting.ts";
import { milestones, related, revisions } from "./around.ts";

/** How many progress reports a page has room for. */
const mostReports = 6;

/** "One commitment": what was promised by whom, where it stands, and what has been said since, on a page. */
export function brief(look: Look, found: readonly Indicator[]): Parts<SectionOf<"brief">> {
  const { setting, records } = look;
  const [record] = records;
  if (!record) throw new RangeError("a brief of no record");
  return {
    what: () => [pairs(look, "what", what(look, record))],
    standing: () => [pairs(look, "standing", standing(look, record))],
    who: () => [pairs(look, "who", who(look, record))],
    said: () => said(look, record),
    deadlines: () => [...revisions(look, record), ...milestones(look, record)],
    related: () => related(look, record),
    measured: () => {
      const rows = found
        .filter(({ key }) => record.standing.indicators.includes(key))
        .flatMap((indicator) => indicator.observations.map((figure) => figureRow(setting, indicator, figure)));
      return told(setting.t("reports.says.measured", { count: rows.length }), rows, () =>
        figureTable(setting, setting.t("reports.section.measured"), rows),
      );
    },
  };
}

type Pair = { term: string; cell: Cell };

/** Terms and what is said of each; those of which nothing is known are left out. */
function pairs(
  { setting: { t } }: Look,
  id: "what" | "standing" | "who",
  said: readonly (Pair | false | null)[],
): Table {
  return {
    kind: "table",
    caption: t(`reports.section.${id}`),
    columns: [
      { label: t("reports.column.term"), type: "text", share: 1 },
      { label: t("reports.column.says"), type: "text", share: 3 },
    ],
    rows: said.flatMap((pair) => (pair ? [[{ text: pair.term }, pair.cell]] : [])),
  };
}

function what({ setting }: Look, record: ReportRecord): Pair[] {
  const { t, f, locale, sectors, portfolioId, cite } = setting;
  const { standing, reference } = record;
  const title = titleOf(standing, locale);
  const texts = { en: standing["statement.en"], vi: standing["statement.vi"], lo: standing["statement.lo"] };
  const statement = pick(texts, locale);
  const inLanguage = ({ text, lang }: typeof title) => ({ text, ...(lang && { lang }) });
  return [
    { term: t("commitments.field.reference"), cell: { text: reference, href: recordPath(portfolioId, reference) } },
    { term: t("commitments.field.title"), cell: { ...inLanguage(title), notes: cite(record) } },
    { term: t("commitments.field.statement"), cell: inLanguage(statement) },
    {
      term: t("commitments.field.form"),
      cell: { text: f.list([t(`commitments.form.${standing.form}`), t(`commitments.kind.${standing.kind}`)]) },
    },
    { term: t("commitments.field.strength"), cell: { text: t(`commitments.strength.${standing.strength}`) } },
    { term: t("commitments.field.sector"), cell: { text: sectors.get(standing.sectorId) ?? standing.sectorId } },
  ];
}

function standing({ setting }: Look, record: ReportRecord): (Pair | null)[] {
  const { t, f, locale } = setting;
  const { standing, schedule, reportedOn } = record;
  const { phrase, edtf, latest } = standing.deadline;
  const asOf = reportedOn
    ? t("commitments.record.reportedOn", { date: f.date(reportedOn) })
    : t("reports.nobodyReported");
  const date = (field: "signed" | "inEffectFrom" | "ends"): Pair | null =>
    standing[field] === null
      ? null
      : { term: t(`commitments.edit.instrument.${field}`), cell: { text: showEdtf(t, locale, standing[field]) } };
  return [
    {
      term: t("commitments.field.completion"),
      cell: { text: `${t(`commitments.completion.${standing.completion}`)} (${asOf})` },
    },
    { term: t("commitments.field.evidence"), cell: { text: t(`commitments.evidence.${standing.evidence}`) } },
    {
      term: t("commitments.field.deadline"),
      cell: {
        text:
          phrase && edtf
            ? `${deadlineText(setting, standing.deadline)} (“${phrase}”)`
            : deadlineText(setting, standing.deadline),
        ...(latest && { value: latest }),
      },
    },
    {
      term: t("commitments.field.schedule"),
      cell: { text: t(`commitments.schedule.${schedule}`), ...(schedule === "overdue" && { tone: "critical" }) },
    },
    {
      term: t("commitments.field.confidence"),
      cell: { text: t(`commitments.confidence.${standing.confidence ?? "none"}`) },
    },
    { term: t("commitments.field.owner"), cell: { text: standing.owner ?? t("commitments.record.noOwner") } },
    standing.lifecycle && {
      term: t("commitments.edit.instrument.lifecycle"),
      cell: { text: t(`commitments.lifecycle.${standing.lifecycle}`) },
    },
    date("signed"),
    date("inEffectFrom"),
    date("ends"),
  ];
}

function who({ setting }: Look, { standing }: ReportRecord): (Pair | false)[] {
  const { t, f, parties, places } = setting;
  const roles = ["lead", "counterpart", "signatory", "participant", "funder", "beneficiary"] as const;
  const known = roles.map((role): Pair | false => {
    const names = standing.parties.flatMap((party) => {
      const [is, id = ""] = party.split(":");
      return is === role ? [parties.get(id)?.name ?? id] : [];
    });
    return names.length > 0 && { term: t(`parties.role.${role}`), cell: { text: f.list(names) } };
  });
  const money = standing.money.map((told) => {
    const [amount = "", currency = "", stage = ""] = told.split(" ");
    const sum = f.money(Number(amount), currency);
    return `${sum} (${t(`commitments.moneyStage.${stage as "pledged"}`)})`;
  });
  return [
    ...known,
    standing.places.length > 0 && {
      term: t("commitments.field.place"),
      cell: { text: f.list(standing.places.map((place) => places.get(place) ?? place)) },
    },
    money.length > 0 && { term: t("commitments.field.money"), cell: { text: f.list(money) } },
  ];
}

/** The last progress reports that speak of the day or an earlier one, newest first. */
function said({ setting, lived }: Look, { number }: ReportRecord): Block[] {
  const { t, f, asOf, dayOf } = setting;
  const heard = (lived.get(number)?.reports ?? [])
    .filter((report) => report.asOf <= asOf.day && report.at <= asOf.known)
    .reverse();
  const shown = heard.slice(0, mostReports);
  return told(t("reports.says.said", { count: heard.length, shown: shown.length }), shown, () => ({
    kind: "table",
    caption: t("reports.section.said"),
    columns: [
      { label: t("commitments.edit.report.asOf"), type: "day", share: 1.4 },
      { label: t("commitments.field.completion"), type: "text", share: 1.4 },
      { label: t("commitments.field.evidence"), type: "text", share: 1.4 },
      { label: t("commitments.edit.report.text"), type: "text", share: 5 },
      { label: t("reports.column.entered"), type: "day", share: 1.4 },
    ],
    rows: shown.map((report) => [
      { text: f.shortDate(report.asOf), value: report.asOf },
      { text: t(`commitments.completion.${report.completion}`) },
      { text: t(`commitments.evidence.${report.evidence}`) },
      { text: report.text },
      { text: f.shortDate(dayOf(report.at)), value: dayOf(report.at) },
    ]),
  }));
}
