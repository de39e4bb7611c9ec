import { stringify } from "csv-stringify/sync";
import { csvStyle } from "#lib/commitments/export-columns.ts";
import { escapeCell } from "#lib/csv.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey, translator } from "#lib/i18n/translator.ts";
import { headingOf } from "./columns.ts";
import { type Act, differencesOf, type PlannedRow } from "./plan.ts";
import type { Problem } from "./read-row.ts";
import type { Planned } from "./shown.ts";

/** A plan as people read it. */

export const acts: readonly Act[] = ["refused", "create", "change", "same"];

/** The rows of one kind, or all: so many on a page, the first page being 1. */
export function pageOf(rows: readonly PlannedRow[], { act, page }: { act: Act | null; page: number }) {
  const shown = act ? rows.filter((row) => row.act === act) : rows;
  return { rows: shown.slice((page - 1) * pageLength, page * pageLength), pages: Math.ceil(shown.length / pageLength) };
}
const pageLength = 50;

/** What is wrong with a cell, with the words that could not be read. */
export function problemText(t: Translator, { column, key, value }: Problem): string {
  const said = translateKey(t, key);
  const problem = value ? t("importing.preview.problemOf", { problem: said, value }) : said;
  return column ? t("importing.preview.problemAt", { column: headingOf(t, column), problem }) : problem;
}

/** Every row of a plan, a line for each thing that would change or is wrong. */
export function previewCsv({ plan, vocabulary }: Planned, locale: Locale): string {
  const t = translator(locale);
  const head = [
    t("importing.preview.row"),
    t("importing.preview.record"),
    t("importing.preview.outcome"),
    t("importing.template.column"),
    t("importing.preview.from"),
    t("importing.preview.to"),
    t("importing.preview.problem"),
  ];
  const lines = plan.rows.flatMap((row) => {
    const start = [row.row, escapeCell(row.reference), t(`importing.act.${row.act}`)];
    const problems = row.problems.map((problem) => [
      ...[...start, problem.column ? headingOf(t, problem.column) : "", "", ""],
      escapeCell(problemText(t, { ...problem, column: null })),
    ]);
    if (row.act === "refused") return problems;
    const changes = differencesOf(row, locale, vocabulary).map(({ column, from, to }) => [
      ...[...start, headingOf(t, column), escapeCell(from), escapeCell(to), ""],
    ]);
    return changes.length > 0 ? changes : [[...start, "", "", "", ""]];
  });
  return `\ufeff${stringify([head, ...lines], csvStyle)}`;
}
