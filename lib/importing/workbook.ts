import { inflateRawSync } from "node:zlib";
import { Unzip, type UnzipDecoder, zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import { mostCharacters, mostColumns, mostEntries, mostRows, mostUnpacked } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** Excel workbooks, from anybody. What is dangerous about them is gone before a reader of workbooks sees them. */

/** The first sheet as a table of text. Days are "2026-12-31"; a formula is the value that the file has for it. */
export async function readWorkbook(bytes: Uint8Array): Promise<string[][]> {
  const parts = unpack(bytes);
  if (!parts["xl/workbook.xml"]) throw new Unreadable("notWorkbook");
  for (const part of Object.values(parts)) check(new TextDecoder().decode(part));
  return textsOf(await tableOf(parts));
}

async function tableOf(parts: Record<string, Uint8Array>): Promise<unknown[][]> {
  try {
    // Packed anew, the reader gets just the parts that were looked at, whatever else the archive pretends to be.
    const safe = zipSync(parts, { level: 0 });
    return await readSheet(safe.buffer as ArrayBuffer, 1, { trim: false });
  } catch (cause) {
    throw new Unreadable("notWorkbook", {}, { cause });
  }
}

/** Here all cells that name one text still share it. Whoever looks into them, or writes them out, has it anew for each. */
function textsOf(table: readonly (readonly unknown[])[]): string[][] {
  let left = mostCharacters;
  return table.map((row) =>
    row.map((cell) => {
      const text = textOf(cell);
      left -= text.length;
      if (left < 0) throw new Unreadable("tooMuchText", { most: mostCharacters / 1_000_000 });
      return text;
    }),
  );
}

/** The parts that tell what stands in cells, unpacked: what grows beyond the limit is stopped there, whatever the archive says. */
function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  const parts: Record<string, Uint8Array> = {};
  let [entries, left] = [0, mostUnpacked];
  const unzip = new Unzip((file) => {
    entries += 1;
    if (entries > mostEntries) throw new Unreadable("bomb");
    if (!/^xl\/[\w./-]+\.(xml|rels)$/.test(file.name)) return;
    if (Object.hasOwn(parts, file.name)) throw new Unreadable("notWorkbook");
    const pieces: Uint8Array[] = [];
    file.ondata = (error, piece, final) => {
      if (error) throw error;
      pieces.push(piece);
      if (!final) return;
      const packed = Buffer.concat(pieces);
      const part = file.compression === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
      left -= part.length;
      if (left < 0) throw new Unreadable("bomb");
      parts[file.name] = part;
    };
    file.start();
  });
  unzip.register(AsItIs);
  try {
    unzip.push(bytes, true);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw new Unreadable("bomb");
    throw new Unreadable("notWorkbook", {}, { cause: error });
  }
  return parts;
}

/** Hands packed data on: Node's own zlib unpacks ten times as fast, and stops at a length. */
class AsItIs implements UnzipDecoder {
  static compression = 8;
  ondata: UnzipDecoder["ondata"] = () => {};
  push(data: Uint8Array, final: boolean): void {
    this.ondata(null, data as Uint8Array<ArrayBuffer>, final);
  }
}

/** No entities, and no cell so far out that a table up to it would fill the memory. */
function check(xml: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw new Unreadable("notWorkbook");
  if (!xml.includes("sheetData")) return;
  for (const [, double, single] of xml.matchAll(/[\s"']r\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const [, letters = "", figures = ""] = /^([A-Z]{0,3})(\d{1,7})$/.exec(double ?? single ?? "") ?? [];
    // Rows and cells are numbered like "12" and "B12"; what is not could be read as anything.
    if (figures === "") throw new Unreadable("notWorkbook");
    if (Number(figures) > mostRows + 1) throw new Unreadable("tooManyRows", { most: mostRows });
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (column > mostColumns) throw new Unreadable("tooManyColumns", { most: mostColumns });
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (!(cell instanceof Date)) return String(cell);
  const text = Number.isNaN(cell.getTime()) ? "" : cell.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
