import { type ExportColumn, exportColumns, headingOf as exportHeading } from "#lib/commitments/export-columns.ts";
import { locales } from "#lib/i18n/locales.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { PartyRole } from "#prisma/generated/enums.ts";

/** The columns that an import knows: those of the register's file, and what a new record needs besides. */

export const partyRoles = Object.values(PartyRole);

export const columns = [
  "reference",
  "title.en",
  "title.vi",
  "title.lo",
  "statement.en",
  "statement.vi",
  "statement.lo",
  "form",
  "kind",
  "strength",
  "sector",
  "parties",
  "lead",
  "counterpart",
  "signatory",
  "participant",
  "beneficiary",
  "funder",
  "places",
  "money",
  "owner",
  "completion",
  "evidence",
  "report",
  "phrase",
  "edtf",
  "reason",
  "citations",
  "earliest",
  "latest",
  "schedule",
  "updated",
] as const;
export type Column = (typeof columns)[number];

/** What the register works out by itself: a file may have it, and nothing is taken from it. */
export const derivedColumns: readonly Column[] = ["earliest", "latest", "schedule", "updated"];

/** What the template has: all but what would be ignored. */
export const templateColumns = columns.filter((column) => column !== "parties" && !derivedColumns.includes(column));

/** What must be said of a new record. Of title and statement one language is enough. */
export const neededColumns: readonly Column[] = [
  "title.en",
  "title.vi",
  "title.lo",
  "statement.en",
  "statement.vi",
  "statement.lo",
  "form",
  "kind",
  "strength",
  "sector",
];

const exported: readonly string[] = exportColumns;
const roles: readonly string[] = partyRoles;

/** What a column is headed, in the register's file and in the template. */
export function headingOf(t: Translator, column: Column): string {
  if (exported.includes(column)) return exportHeading(t, column as ExportColumn);
  if (roles.includes(column)) return t(`parties.role.${column as PartyRole}`);
  if (column.startsWith("statement.")) return `${t("commitments.field.statement")} (${column.slice(-2)})`;
  return t(`importing.column.${column as "places" | "money" | "report" | "reason" | "citations"}`);
}

/** A word as it is compared: neither case nor space nor the way of writing accents sets two apart. */
export const folded = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();

/** Which column each heading of a file means, by its name in any of the three languages; null where none does. A column is given once. */
export function guessColumns(headings: readonly string[]): (Column | null)[] {
  const left = new Set<Column>(columns);
  return headings.map((heading) => {
    const wanted = folded(heading);
    const column = [...left].find((each) => namesOf(each).includes(wanted)) ?? null;
    if (column) left.delete(column);
    return column;
  });
}

const known = new Map<Column, string[]>();

function namesOf(column: Column): string[] {
  let names = known.get(column);
  if (!names) {
    names = [column, ...locales.map((locale) => headingOf(translator(locale), column))].map(folded);
    known.set(column, names);
  }
  return names;
}
