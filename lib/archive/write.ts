import { stringify } from "csv-stringify/sync";
import type { Actor } from "#lib/actor.ts";
import { type Connection, fetchBatches, openSnapshot } from "#lib/db.ts";
import { NotFound } from "#lib/errors.ts";
import type { Texts } from "#lib/text.ts";
import { catalogueTables } from "./catalogue-tables.ts";
import { commitmentTables } from "./commitment-tables.ts";
import { descriptor, type Resource } from "./descriptor.ts";
import { readme } from "./readme.ts";
import type { Field, Table } from "./table.ts";
import { startZip } from "./zip.ts";

/**
 * The whole register as an open archive: a ZIP of tables as CSV and as JSON Lines, described by a datapackage.json. All is
 * from one moment; memory holds one batch of rows, however many there are.
 */

export const tables: readonly Table[] = [...catalogueTables, ...commitmentTables];

export const formats = ["csv", "jsonl"] as const;
export type Format = (typeof formats)[number];

type Options = {
  now: Date;
  signal: AbortSignal;
  /** So many of so many rows, each counted once a format. */
  progress: (done: number, total: number) => void;
  /** Takes the next bytes of the ZIP; the next ones come when it is done. */
  write: (bytes: Uint8Array) => Promise<void>;
};

/** Writes the archive of what the actor may see of a portfolio. @throws NotFound, and the signal's reason */
export async function writeArchive(
  actor: Actor,
  portfolioId: string,
  { now, signal, progress, write }: Options,
): Promise<void> {
  const { connection, end } = await openSnapshot(actor);
  try {
    const [portfolio] = await connection<{ id: string; name: Texts }[]>`
      SELECT id, name FROM portfolio WHERE id = ${portfolioId}`;
    if (!portfolio) throw new NotFound();
    const counts = new Map<string, number>();
    for (const table of tables) counts.set(table.name, await countRows(connection, actor, portfolioId, table));
    const total = formats.length * [...counts.values()].reduce((all, count) => all + count, 0);
    let done = 0;
    progress(done, total);
    const zip = startZip(write, now);
    await zip.add("README.txt", once(readme(portfolio, now)));
    const resources: Resource[] = [];
    for (const table of tables) {
      for (const format of formats) {
        const packing = zip.add(
          `data/${table.name}.${format}`,
          lines(batches(connection, actor, portfolioId, table), table.fields, format, (rows) => {
            signal.throwIfAborted();
            done += rows;
            progress(done, total);
          }),
        );
        resources.push({ table, format, rows: counts.get(table.name) ?? 0, ...(await packing) });
      }
    }
    await zip.add("datapackage.json", once(descriptor(portfolio, resources, now)));
    await zip.end();
  } finally {
    await end();
  }
}

type Row = Record<string, unknown>;

async function countRows(connection: Connection, actor: Actor, portfolioId: string, { from }: Table): Promise<number> {
  const [row] = await connection<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 ${from(actor, portfolioId)}) t`;
  return row?.count ?? 0;
}

const batch = 1000;

async function* batches(connection: Connection, actor: Actor, portfolioId: string, { name, fields, from }: Table) {
  // A cursor of its own for each table: PostgreSQL remembers a statement with the columns that it gives.
  const cursor = `archived_${name}`;
  const columns = fields
    .map(({ name: field, is, type }) => `${type === "number" ? `(${is})::text` : is} AS "${field}"`)
    .join(", ");
  await connection`DECLARE ${connection.unsafe(cursor)} NO SCROLL CURSOR FOR SELECT ${connection.unsafe(columns)} ${from(actor, portfolioId)}`;
  try {
    yield* fetchBatches<Row>(connection, cursor, batch);
  } finally {
    await connection`CLOSE ${connection.unsafe(cursor)}`.catch(() => {});
  }
}

/** Exact values, in neither format made safe for spreadsheets: the archive is for programs, and README.txt says so. */
async function* lines(
  rows: AsyncIterable<readonly Row[]>,
  fields: readonly Field[],
  format: Format,
  wrote: (rows: number) => void,
): AsyncGenerator<Uint8Array> {
  if (format === "csv") yield Buffer.from(stringify([fields.map(({ name }) => name)], csvStyle));
  for await (const some of rows) {
    yield Buffer.from(
      format === "csv"
        ? stringify(
            some.map((row) => fields.map((field) => cellOf(row[field.name]))),
            csvStyle,
          )
        : some.map((row) => `${jsonOf(row, fields)}\n`).join(""),
    );
    wrote(some.length);
  }
}

const csvStyle = { record_delimiter: "\r\n", cast: { boolean: String } };

function cellOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** Numbers stand as the database has them: "12.50" is 12.50 and no binary fraction near it. */
function jsonOf(row: Row, fields: readonly Field[]): string {
  const parts = fields.map(({ name, type }) => {
    const value = row[name];
    const exact = (type === "number" || type === "integer") && value !== null;
    return `${JSON.stringify(name)}:${exact ? String(value) : JSON.stringify(value ?? null)}`;
  });
  return `{${parts.join(",")}}`;
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
