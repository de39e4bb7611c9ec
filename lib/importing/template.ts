import { stringify } from "csv-stringify/sync";
import writeXlsxFile, { type Cell } from "write-excel-file/node";
import type { Actor } from "#lib/actor.ts";
import { csvStyle } from "#lib/commitments/export-columns.ts";
import { escapeCell } from "#lib/csv.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { type Column, headingOf, neededColumns, partyRoles, templateColumns } from "./columns.ts";
import { readLookups, readPresent } from "./register.ts";
import { cellOf, type Vocabulary, vocabularyOf, wordsFor } from "./words.ts";

/** The file to fill in: the columns, and on a second sheet what each holds. */

/** The headings alone, as CSV. */
export function emptyCsv(locale: Locale): string {
  const t = translator(locale);
  return `\ufeff${stringify([templateColumns.map((column) => escapeCell(headingOf(t, column)))], csvStyle)}`;
}

const text = (value: string): Cell => ({ value, type: String, wrap: true, alignVertical: "top" });
const bold = (value: string): Cell => ({ value, type: String, wrap: true, alignVertical: "top", fontWeight: "bold" });
const wide: readonly string[] = ["title", "statement", "report"];
const width = (column: Column) => (wide.includes(column.split(".")[0] ?? "") ? 40 : 18);

/** A workbook: empty, or (`filled`) with every record of the portfolio, so that it can be changed and brought back. */
export async function workbookOf(
  actor: Actor,
  portfolioId: string,
  { locale, filled }: { locale: Locale; filled: boolean },
): Promise<Buffer> {
  const t = translator(locale);
  const vocabulary = vocabularyOf(await readLookups(actor, portfolioId));
  const records = filled ? await readPresent(actor, portfolioId, null) : [];
  // The reason is of one change, and what was reported last is no news.
  // With it, whoever brings the file back is warned of what others changed meanwhile.
  const filledIn: readonly Column[] = filled ? [...templateColumns, "updated"] : templateColumns;
  const rows = records.map((record) =>
    filledIn.map((column) => {
      if (column === "updated") return text(record.updatedAt);
      return text(column === "report" ? "" : cellOf(record, column, locale, vocabulary));
    }),
  );
  const sheets = [
    {
      sheet: t("importing.template.sheet"),
      data: [filledIn.map((column) => bold(headingOf(t, column))), ...rows],
      columns: filledIn.map((column) => ({ width: width(column) })),
      stickyRowsCount: 1,
    },
    {
      sheet: t("importing.template.help"),
      data: [
        [t("importing.template.column"), t("importing.template.meaning"), t("importing.template.values")].map(bold),
        ...templateColumns.map((column) =>
          [headingOf(t, column), meaningOf(t, column), valuesOf(column, locale, vocabulary).join("\n")].map(text),
        ),
      ],
      columns: [{ width: 26 }, { width: 60 }, { width: 60 }],
    },
  ];
  return await writeXlsxFile(sheets as never, { fontFamily: "Noto Sans", fontSize: 10 }).toBuffer();
}

const roles: readonly string[] = partyRoles;

/** What a column holds, in a sentence. */
function meaningOf(t: Translator, column: Column): string {
  if (column.startsWith("title.") || column.startsWith("statement.")) return t("importing.explain.text");
  if (neededColumns.includes(column)) return t("importing.explain.needed");
  if (roles.includes(column)) return t("importing.explain.party");
  switch (column) {
    case "reference":
    case "places":
    case "money":
    case "owner":
    case "completion":
    case "report":
    case "phrase":
    case "edtf":
    case "reason":
    case "citations":
      return t(`importing.explain.${column}`);
    default:
      return "";
  }
}

/** The values that a column may have, as far as they can be listed. */
function valuesOf(column: Column, locale: Locale, vocabulary: Vocabulary): string[] {
  const named = (all: Vocabulary["parties"]) => all.map(({ name }) => pickText(name, locale));
  if (roles.includes(column)) return named(vocabulary.parties);
  switch (column) {
    case "form":
    case "kind":
    case "strength":
    case "completion":
    case "evidence":
      return wordsFor(column, locale);
    case "money":
      return wordsFor("stage", locale);
    case "sector":
      return named(vocabulary.sectors);
    case "places":
      return named(vocabulary.places);
    case "citations":
      return vocabulary.sources.map(({ key }) => key);
    default:
      return [];
  }
}
