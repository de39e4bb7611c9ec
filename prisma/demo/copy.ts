import { once } from "node:events";
import type pg from "pg";

/** A value of a row as PostgreSQL's COPY takes it: null, or its text. Objects become json, arrays of text become text[]. */
export type Cell = string | number | boolean | Date | null | readonly string[] | { readonly [key: string]: unknown };

/**
 * Loads rows into a table with COPY: several times as quick as INSERT. Gives back how many there were.
 * @throws when a row does not fit; a surrounding transaction is over then
 */
export async function copyRows(
  db: pg.Client,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<number> {
  const names = columns.map((column) => db.escapeIdentifier(column)).join();
  return db.query(new Copy(`COPY ${db.escapeIdentifier(table)} (${names}) FROM STDIN`, rows)).loaded;
}

/** What a connection can besides, and its types do not say. */
type Connection = pg.Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** The client's part of COPY, in the client's own protocol: it calls the handlers as the server's messages come in. */
class Copy implements pg.Submittable {
  private readonly statement: string;
  private readonly rows: Iterable<readonly Cell[]>;
  private readonly result = Promise.withResolvers<number>();
  private count = 0;
  private failed = false;

  constructor(statement: string, rows: Iterable<readonly Cell[]>) {
    this.statement = statement;
    this.rows = rows;
  }

  get loaded(): Promise<number> {
    return this.result.promise;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.statement);
  }

  async handleCopyInResponse(connection: Connection): Promise<void> {
    try {
      let chunk = "";
      for (const row of this.rows) {
        if (this.failed) return;
        chunk += `${row.map(text).join("\t")}\n`;
        this.count++;
        if (chunk.length < 65_536) continue;
        connection.sendCopyFromChunk(Buffer.from(chunk));
        chunk = "";
        if (connection.stream.writableNeedDrain) await once(connection.stream, "drain");
      }
      connection.sendCopyFromChunk(Buffer.from(chunk));
      connection.endCopyFrom();
    } catch (error) {
      // The rows could not be made, or the connection is gone: the server need not wait for more.
      this.result.reject(error);
      connection.sendCopyFail("the rows could not be made");
    }
  }

  handleCommandComplete(): void {}

  handleError(error: Error): void {
    this.failed = true;
    this.result.reject(error);
  }

  handleReadyForQuery(): void {
    this.result.resolve(this.count);
  }
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
