import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cell, copyRows } from "#prisma/demo/copy.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let db: pg.Client;
beforeAll(async () => {
  db = new pg.Client({ connectionString: process.env.KEPT_OWNER_URL });
  await db.connect();
  await db.query(
    "CREATE TABLE thing (id int PRIMARY KEY, text text, list text[], json jsonb, at timestamptz, flag boolean)",
  );
});
afterAll(() => db.end());

const copy = (rows: Iterable<readonly Cell[]>) =>
  copyRows(db, "thing", ["id", "text", "list", "json", "at", "flag"], rows);
const ask = async (text: string) => (await db.query(text)).rows;

test("whatever a cell holds comes out as it went in", async () => {
  const at = new Date("2026-11-21T01:02:03.004Z");
  const texts = ["", "\\N", "a\tb", "a\nb\r\n", "\\", "\\.", '"', "{}", "NULL", "ໂຮງໝໍ", "Đường", "𝓀"];
  expect(await copy(texts.map((text, id) => [id, text, [text, text], { text }, at, id % 2 === 0]))).toBe(texts.length);
  expect(await ask("SELECT * FROM thing ORDER BY id")).toEqual(
    texts.map((text, id) => ({ id, text, list: [text, text], json: { text }, at, flag: id % 2 === 0 })),
  );
  await copy([[100, null, null, null, null, null]]);
  expect(await ask("SELECT text, list, json FROM thing WHERE id = 100")).toEqual([
    { text: null, list: null, json: null },
  ]);
});

test.each([
  ["the last row", 1],
  ["one of many", 50_000],
])("%s that is refused ends it with an error, and nothing is loaded", async (_, count) => {
  const rows = [...Array(count).keys()].map((id) => [id + 1000, "x".repeat(50), [], {}, null, null]);
  await expect(copy([...rows, [1000, "again", [], {}, null, null]])).rejects.toThrow();
  await expect(copy([[1000, "again", [], {}, null, null], ...rows])).rejects.toThrow();
  expect(await ask("SELECT FROM thing WHERE id >= 1000")).toHaveLength(0);
});

test("rows that cannot be made end it, too, and the connection is still good", async () => {
  function* broken(): Generator<readonly Cell[]> {
    yield [5000, "", [], {}, null, null];
    throw new Error("no more");
  }
  await expect(copy(broken())).rejects.toThrow("no more");
  expect(await ask("SELECT FROM thing WHERE id = 5000")).toHaveLength(0);
});
