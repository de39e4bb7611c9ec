import { once } from "node:events";
import type { Sql } from "postgres";

/** A value of a row as PostgreSQL's COPY takes it: null, or its text. Objects become json, arrays of text become text[]. */
export type Cell = string | number | boolean | Date | null | readonly string[] | { readonly [key: string]: unknown };

/**
 * Loads rows into a table with COPY: several times as quick as INSERT. Gives back how many there were.
 * @throws when a row does not fit; the surrounding transaction is over then
 */
export async function copyRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<number> {
  const names = sql.unsafe(`"${columns.join('","')}"`);
  const target = await sql`COPY ${sql(table)} (${names}) FROM STDIN`.writable();
  let count = 0;
  let chunk = "";
  for (const row of rows) {
    chunk += `${row.map(text).join("\t")}\n`;
    count++;
    if (chunk.length > 65_536) {
      if (!target.write(chunk)) await once(target, "drain");
      chunk = "";
    }
  }
  target.end(chunk);
  await once(target, "finish");
  return count;
}

function text(cell: Cell): string {
  if (cell === null) return "\\N";
  if (cell instanceof Date) return cell.toISOString();
  if (Array.isArray(cell)) return escaped(`{${cell.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`);
  if (typeof cell === "object") return escaped(JSON.stringify(cell));
  return escaped(String(cell));
}

const signs: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const escaped = (value: string) => value.replace(/[\\\n\r\t]/g, (sign) => signs[sign] ?? sign);
