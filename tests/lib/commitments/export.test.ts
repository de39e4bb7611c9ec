import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { exportCsv, exportJson } from "#lib/commitments/export.ts";
import { noFilters, parseListing } from "#lib/commitments/filters.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { restoreCell } from "#lib/csv.ts";
import { addMany } from "#tests/lib/commitments/many.ts";
import { addActor, addRecord, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const options = { locale: "en", today: "2026-11-21" } as const;
const { listing } = parseListing({});
const title = { en: '=HYPERLINK("http://x")', vi: 'Có dấu "nháy", phẩy\u200b', lo: "-1+1" };
let actor: Actor & { id: string };

beforeAll(async () => {
  await makeRegister();
  actor = await addActor("viewer");
  await addMany(1203, actor.id);
});

async function whole(pieces: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

/** Reads quoted lines apart, by the rules of RFC 4180. */
function cells(csv: string): string[][] {
  return csv
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
}

test("CSV has a line for every record that the filters let through, in the list's order", async () => {
  const csv = await whole(exportCsv(actor, portfolioId, listing, options));
  expect(csv.startsWith("\ufeff")).toBe(true);
  const [head, ...lines] = cells(csv.slice(1));
  expect(lines).toHaveLength(1203);
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([head?.length]));
  const first = await listCommitments(actor, portfolioId, listing, { ...options, limit: 200 });
  expect(lines.slice(0, 200).map(([reference]) => reference)).toEqual(first.rows.map((row) => row.reference));

  const narrowed = {
    ...listing,
    filters: { ...noFilters, status: ["limited" as const] },
    sort: "title" as const,
    descending: true,
  };
  const some = cells(await whole(exportCsv(actor, portfolioId, narrowed, options))).slice(1);
  expect(some).toHaveLength((await listCommitments(actor, portfolioId, narrowed, options)).total);
  expect(some[0]).toContain("Limited");
});

test("no cell is a formula, and each can be read back", async () => {
  const { reference } = await addRecord({ title, deadline: { phrase: "@SUM(1)", edtf: "2027-06", anchorId: null } });
  const csv = await whole(
    exportCsv(actor, portfolioId, { ...listing, filters: { ...noFilters, q: reference } }, options),
  );
  const [, line = []] = cells(csv.slice(1));
  expect(line.slice(0, 4).map(restoreCell)).toEqual([reference, title.en, title.vi, title.lo]);
  expect(line).toEqual(expect.arrayContaining(["'@SUM(1)", "2027-06", "2027-06-01", "2027-06-30", "Upcoming"]));
  for (const cell of line) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
});

test("JSON has the same records, as values", async () => {
  const all: { reference: string; title: Record<string, string> }[] = JSON.parse(
    await whole(exportJson(actor, portfolioId, listing, options)),
  );
  expect(all).toHaveLength(1204);
  expect(all.find((record) => record.title.en === title.en)).toMatchObject({
    title,
    form: "pledge",
    completion: "not_reported",
    deadline: { phrase: "@SUM(1)", edtf: "2027-06", earliest: "2027-06-01", latest: "2027-06-30" },
    schedule: "upcoming",
    parties: [],
  });
  const none = { ...listing, filters: { ...noFilters, q: "xyzzy" } };
  expect(JSON.parse(await whole(exportJson(actor, portfolioId, none, options)))).toEqual([]);
});

test("who stops reading gives the connection back", async () => {
  for (let at = 0; at < 20; at++) {
    const pieces = exportCsv(actor, portfolioId, listing, options);
    await pieces.next();
    await pieces.next();
    await pieces.return(undefined);
  }
  const [{ limit } = { limit: "" }] = await everything<
    { limit: string }[]
  >`SELECT current_setting('statement_timeout') AS limit`;
  expect(limit).toBe("20s");
});
