import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { main } from "#lib/archive/cli.ts";
import { tables, writeArchive } from "#lib/archive/write.ts";
import { StartError } from "#lib/start/problem.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

/** The archive, read back by others' means: fflate unpacks it, and the CSV is read by a reader of its own. */

testDatabase({ catalogue: true });

const portfolioId = "viet-nam-laos";
const now = new Date("2026-12-01T01:00:00Z");
const owner = () => process.env.KEPT_OWNER_URL ?? "";
const hostile = `=HYPERLINK("http://evil")`;
let files: Record<string, Uint8Array>;

async function archive(over: Partial<Parameters<typeof writeArchive>[2]> = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await writeArchive(systemActor("test"), portfolioId, {
    now,
    signal: new AbortController().signal,
    progress: () => {},
    write: async (bytes) => void pieces.push(bytes),
    ...over,
  });
  return Buffer.concat(pieces);
}

beforeAll(async () => {
  await query(
    owner(),
    `UPDATE commitment SET owner_id = NULL, deadline_phrase = E'=1+1\\n"so" they, said\\r\\nກ' WHERE number = 1`,
  );
  await query(owner(), "UPDATE commitment SET title = jsonb_set(title, '{en}', to_jsonb($1::text)) WHERE number = 2", [
    hostile,
  ]);
  files = unzipSync(await archive());
});

/** RFC 4180, without the library that wrote it. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  const [head = [], ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

const csv = (table: string) => readCsv(strFromU8(files[`data/${table}.csv`] ?? new Uint8Array()));
const jsonl = (table: string): Record<string, unknown>[] =>
  strFromU8(files[`data/${table}.jsonl`] ?? new Uint8Array())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

type Descriptor = {
  resources: {
    name: string;
    path: string;
    bytes: number;
    hash: string;
    rows: number;
    schema: {
      fields: { name: string; type: string; constraints?: { required?: boolean; enum?: string[] } }[];
      primaryKey: string[];
      foreignKeys: { fields: string[]; reference: { resource: string; fields: string[] } }[];
    };
  }[];
};
const descriptor = (): Descriptor => JSON.parse(strFromU8(files["datapackage.json"] ?? new Uint8Array()));

describe("what describes it", () => {
  test("names every file with its length and hash", () => {
    const { resources } = descriptor();
    expect(resources.map(({ path }) => path).sort()).toEqual(
      Object.keys(files)
        .filter((name) => name.startsWith("data/"))
        .sort(),
    );
    for (const { path, bytes, hash } of resources) {
      const file = files[path] ?? new Uint8Array();
      expect(bytes, path).toBe(file.byteLength);
      expect(hash, path).toBe(`sha256:${createHash("sha256").update(file).digest("hex")}`);
    }
  });

  test("every row of both formats fits its types, keys and lists", () => {
    for (const { name, path, rows, schema } of descriptor().resources) {
      const table = path.slice(5).split(".")[0] ?? "";
      const read = path.endsWith(".csv") ? csv(table) : jsonl(table);
      expect(read.length, name).toBe(rows);
      const key = (row: Record<string, unknown>) => JSON.stringify(schema.primaryKey.map((field) => row[field]));
      expect(new Set(read.map(key)).size, name).toBe(rows);
      for (const row of read) {
        expect(Object.keys(row)).toEqual(schema.fields.map((field) => field.name));
        for (const field of schema.fields) {
          const value = row[field.name];
          if (value === "" || value === null) {
            expect(field.constraints?.required ?? false, `${name}.${field.name}`).toBe(false);
            continue;
          }
          expect(fits(field.type, value, path.endsWith(".csv")), `${name}.${field.name}: ${value}`).toBe(true);
          if (field.constraints?.enum) expect(field.constraints.enum).toContain(value);
        }
      }
    }
  });

  test("what refers to another table finds its row there", () => {
    for (const { name, path, schema } of descriptor().resources) {
      if (!path.endsWith(".csv")) continue;
      for (const { fields, reference } of schema.foreignKeys) {
        const there = new Set(csv(reference.resource).map((row) => row[reference.fields[0] ?? ""]));
        for (const row of csv(name)) {
          const value = row[fields[0] ?? ""];
          if (value) expect(there.has(value), `${name}.${fields[0]} ${value}`).toBe(true);
        }
      }
    }
  });
});

function fits(type: string, value: unknown, text: boolean): boolean {
  const read = () => {
    try {
      return text ? JSON.parse(String(value)) : value;
    } catch {
      return undefined;
    }
  };
  switch (type) {
    case "integer":
      return Number.isInteger(read());
    case "number":
      return typeof read() === "number";
    case "boolean":
      return typeof read() === "boolean";
    case "array":
      return Array.isArray(read());
    case "object":
      return typeof read() === "object" && !Array.isArray(read());
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value));
    case "datetime":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/.test(String(value));
    default:
      return typeof value === "string";
  }
}

describe("what is in it", () => {
  test("as many rows as the database has, of every table", async () => {
    const names: Record<string, string> = {
      commitments: "commitment",
      meetings: "meeting",
      sources: "source",
      indicators: "indicator",
      observations: "observation",
      errata: "erratum",
      citations: "citation",
      money: "money",
      milestones: "milestone",
      deadline_revisions: "deadline_revision",
      progress_reports: "progress_report",
      commitment_parties: "commitment_party",
      commitment_places: "commitment_place",
      commitment_meetings: "commitment_meeting",
      instruments: "instrument",
      targets: "target",
      parties: "party",
      places: "place",
    };
    for (const [table, stored] of Object.entries(names)) {
      const [row] = await query<{ count: number }>(owner(), `SELECT count(*)::int AS count FROM ${stored}`);
      expect(csv(table).length, table).toBe(row?.count);
      expect(jsonl(table).length, table).toBe(row?.count);
    }
    const [history] = await query<{ count: number }>(
      owner(),
      "SELECT count(*)::int AS count FROM audit_event WHERE subject_type IN ('commitment', 'meeting', 'source', 'indicator', 'party', 'place', 'sector', 'portfolio')",
    );
    expect(csv("history").length).toBe(history?.count);
    expect(history?.count).toBeGreaterThan(100);
  });

  test("exact values in both formats", async () => {
    const [row] = await query<{ reference: string; phrase: string; title: { vi: string }; edtf: string }>(
      owner(),
      "SELECT reference, deadline_phrase AS phrase, title, deadline_edtf AS edtf FROM commitment WHERE number = 1",
    );
    for (const rows of [csv("commitments"), jsonl("commitments")]) {
      const [first, second] = rows;
      expect(first).toMatchObject({ reference: row?.reference, deadline_phrase: row?.phrase, title_vi: row?.title.vi });
      expect(second?.title_en).toBe(hostile);
    }
    const amounts = await query<{ amount: string }>(owner(), "SELECT amount::text FROM money ORDER BY id");
    expect(csv("money").map(({ amount }) => amount)).toEqual(amounts.map(({ amount }) => amount));
    const changes = await query<{ changes: object }>(
      owner(),
      "SELECT changes FROM audit_event WHERE portfolio_id = $1 AND subject_type = 'commitment' ORDER BY id LIMIT 20",
      [portfolioId],
    );
    const own = (rows: Record<string, unknown>[]) =>
      rows.filter((entry) => entry.subject_type === "commitment").slice(0, 20);
    expect(own(jsonl("history")).map((entry) => entry.changes)).toEqual(changes.map((entry) => entry.changes));
    expect(own(csv("history")).map((entry) => JSON.parse(String(entry.changes)))).toEqual(
      changes.map((entry) => entry.changes),
    );
  });

  test("nobody's address, and a README in three languages", async () => {
    const people = await query<{ email: string }>(owner(), "SELECT email FROM person");
    const everything = Object.values(files).map((file) => strFromU8(file));
    for (const { email } of people) expect(everything.some((text) => text.includes(email))).toBe(false);
    const readme = strFromU8(files["README.txt"] ?? new Uint8Array());
    for (const word of ["English", "Tiếng Việt", "ລາວ", "datapackage.json"]) expect(readme).toContain(word);
  });
});

test("all of it is from one moment, whatever is written meanwhile", async () => {
  let change: Promise<unknown> | undefined;
  const pieces: Uint8Array[] = [];
  await archive({
    progress: (done) => {
      if (done > 0) change ??= query(owner(), "UPDATE money SET amount = amount + 1; DELETE FROM milestone");
    },
    write: async (bytes) => {
      pieces.push(bytes);
      await change;
    },
  });
  expect(change).toBeDefined();
  const meanwhile = unzipSync(Buffer.concat(pieces));
  for (const table of ["money", "milestones"])
    expect(strFromU8(meanwhile[`data/${table}.csv`] ?? new Uint8Array())).toBe(
      strFromU8(files[`data/${table}.csv`] ?? new Uint8Array()),
    );
});

test("it tells how far it is, and stops when it is told to", async () => {
  const told: [number, number][] = [];
  await archive({ progress: (done, total) => void told.push([done, total]) });
  const [, total] = told.at(-1) ?? [];
  expect(told.at(-1)?.[0]).toBe(total);
  expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
  const stop = new AbortController();
  let written = 0;
  const stopped = archive({
    signal: stop.signal,
    write: async (bytes) => {
      written += bytes.byteLength;
      stop.abort();
    },
  });
  await expect(stopped).rejects.toThrow();
  expect(written).toBeLessThan(100_000);
});

test("the command line writes a file, and none that is not whole", async () => {
  const file = path.join(os.tmpdir(), `kept-archive-${process.pid}.zip`);
  try {
    await main([portfolioId, file]);
    expect(Object.keys(unzipSync(await readFile(file)))).toHaveLength(2 + 2 * tables.length);
    await expect(main([portfolioId, file])).rejects.toThrow(StartError);
    await expect(main(["nowhere", `${file}.other`])).rejects.toThrow(StartError);
    await expect(readFile(`${file}.other`)).rejects.toThrow();
    await expect(main([portfolioId, "/no/such/folder/file.zip"])).rejects.toThrow(StartError);
  } finally {
    await rm(file, { force: true });
  }
});
