/**
 * Cells for comma-separated files that spreadsheets open: a text that a spreadsheet would take for a formula gets an
 * apostrophe in front. Quoting and separators are csv-stringify's work, around this; give it `quoted_string: true`,
 * because a spreadsheet that splits at another separator than ours would find new cells inside an unquoted text.
 */

// A formula begins with one of these, also in their full-width and small forms, which some programs fold. The Unicode
// minus is among them because it is one key away from the plain one. A tab or a line break can push what follows it
// into a cell of its own.
const start = "=+\\-@＝＋－＠﹦﹢﹣﹫−\\t\\r\\n";
// Dangerous: such a start, behind anything that a program may strip before it looks (white space, quotes, apostrophes,
// invisible characters). Whatever is dangerous stays so with an apostrophe in front: so restoring is exact.
const dangerous = new RegExp(`^["'\\s\\p{Cc}\\p{Cf}]*[${start}]`, "u");

/**
 * A value as the text of a cell. Only texts are escaped: a number stays one (`-5`), while the text "-5" does not become
 * one. Null and undefined are empty.
 */
export function escapeCell(value: string | number | bigint | boolean | null | undefined): string {
  if (typeof value === "string") return dangerous.test(value) ? `'${value}` : value;
  return value === null || value === undefined ? "" : String(value);
}

/** The text that `escapeCell` was given: takes away the apostrophe that it put there, and no other. */
export function restoreCell(cell: string): string {
  return cell.startsWith("'") && dangerous.test(cell.slice(1)) ? cell.slice(1) : cell;
}
