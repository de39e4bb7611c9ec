import { CsvError, parse } from "csv-parse/sync";
import { withoutForbidden } from "#lib/text.ts";
import { mostBytes, mostCell, mostColumns, mostRows } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";
import { readWorkbook } from "./workbook.ts";

/** Files as tables of text. What a file is, its first bytes say; its name and what the browser calls it do not count. */

/** `rows` are without the headings; what is empty at a row's end, and at the end of all, is left out. */
export type Sheet = { headings: string[]; rows: string[][] };

/**
 * Reads a CSV file (UTF-8, or UTF-16 with its mark; comma, semicolon or tab) or the first sheet of an Excel workbook.
 * @throws Unreadable
 */
export async function readFile(bytes: Uint8Array): Promise<Sheet> {
  if (bytes.length > mostBytes) throw new Unreadable("tooLarge", { most: mostBytes / 1024 / 1024 });
  if (bytes.length === 0) throw new Unreadable("empty");
  if (startsWith(bytes, oldOffice)) throw new Unreadable("oldExcel");
  return sheetOf(startsWith(bytes, zip) ? await readWorkbook(bytes) : readCsv(textOf(bytes)));
}

const zip = [0x50, 0x4b, 0x03, 0x04];
/** Excel before 2007, and every workbook with a password. */
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);

function textOf(bytes: Uint8Array): string {
  const encoding = startsWith(bytes, [0xff, 0xfe])
    ? "utf-16le"
    : startsWith(bytes, [0xfe, 0xff])
      ? "utf-16be"
      : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Vietnamese in an old encoding cannot be told from another one: guessing would spoil names without a word.
    throw new Unreadable("encoding");
  }
}

function readCsv(text: string): string[][] {
  if (/[\p{Cc}--[\t\n\v\f\r\u0080-\u009f]]/v.test(text)) throw new Unreadable("notTable");
  // Excel writes such a line in front for itself.
  const [, named] = /^sep=([,;\t])\r?\n/.exec(text) ?? [];
  const body = named ? text.slice(text.indexOf("\n") + 1) : text;
  try {
    const delimiter = named ?? delimiterOf(body);
    return parse(body, {
      delimiter,
      relax_column_count: true,
      max_record_size: mostCell * mostColumns,
      to: mostRows + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Unreadable("csv", { line: Number(error.lines ?? 1) });
  }
}

/** Which sign stands between cells: the one that the headings have most of, outside of quotes. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, "");
  const [line = ""] = head.trimStart().split(/\r?\n/, 1);
  const counted = [",", ";", "\t"].map((sign) => [sign, line.split(sign).length] as const);
  return counted.reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

function sheetOf(table: readonly (readonly string[])[]): Sheet {
  const trimmed = table.map((cells) => cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== "") + 1));
  const lines = trimmed.slice(0, trimmed.findLastIndex((cells) => cells.length > 0) + 1);
  const [head, ...rows] = lines;
  if (!head || rows.length === 0) throw new Unreadable("empty");
  if (rows.length > mostRows) throw new Unreadable("tooManyRows", { most: mostRows });
  const width = Math.max(...lines.map((cells) => cells.length));
  if (width > mostColumns) throw new Unreadable("tooManyColumns", { most: mostColumns });
  for (const [at, cells] of lines.entries()) {
    const long = cells.findIndex((cell) => cell.length > mostCell);
    if (long >= 0) throw new Unreadable("cellTooLong", { row: at + 1, column: long + 1, most: mostCell });
    if (cells.some((cell) => !cell.isWellFormed() || cell.includes("\0")))
      throw new Unreadable("characters", { row: at + 1 });
  }
  const headings = Array.from({ length: width }, (_, at) => (head[at] ?? "").trim().slice(0, 200));
  return { headings, rows };
}

/** What the sender calls the file, without the folders that some put in front. */
export function fileNameOf(given: string | null): string {
  const name =
    withoutForbidden((given ?? "").toWellFormed().replace(/[\t\n]/g, " "))
      .split(/[/\\]/)
      .at(-1) ?? "";
  return name.trim().slice(0, 200).trim() || "?";
}
