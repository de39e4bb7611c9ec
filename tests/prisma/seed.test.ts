import { expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { deleteCommitment } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { editTexts } from "#lib/commitments/editing.ts";
import { sql } from "#lib/db.ts";
import { recordSector } from "#lib/parties/commands.ts";
import { closePools } from "#lib/pools.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { readCatalogue } from "#prisma/seed/catalogue.ts";
import { seed } from "#prisma/seed.ts";
import { copyDatabase, testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const title = { en: "A record of ours", vi: "", lo: "" };
const ours = { form: "pledge", kind: "deliverable", strength: "pledge", sectorId: "health", title, statement: title };

const catalogue = readCatalogue();
const admin = systemActor("test");
const quiet = { log: () => {} };
const portfolioId = catalogue.portfolio.key;

const tables = () => everything<{ name: string }[]>`
  SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%' ORDER BY 1`;

/** What every table holds, in a word. */
async function contents(): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { name } of await tables()) {
    const [row] = await everything<{ hash: string }[]>`
      SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '' ORDER BY r::text)), '') AS hash FROM ${sql(name)} r`;
    all[name] = row?.hash ?? "";
  }
  return all;
}

const recordOf = async (reference: string) => {
  const [row] = await everything<{ id: string; version: number; title: Record<string, string>; seedKey: string }[]>`
    SELECT id, version, title, seed_key AS "seedKey" FROM commitment WHERE reference = ${reference}`;
  return row;
};

test("two starts at once enter the catalogue once, in one go, in the history", async () => {
  await Promise.all([seed(quiet), seed(quiet)]);
  const counts = await everything<{ noun: string; count: number }[]>`
    SELECT 'commitments' AS noun, count(*)::int AS count FROM commitment UNION ALL SELECT 'sources', count(*)::int FROM source
    UNION ALL SELECT 'meetings', count(*)::int FROM meeting UNION ALL SELECT 'indicators', count(*)::int FROM indicator
    UNION ALL SELECT 'parties', count(*)::int FROM party`;
  for (const { noun, count } of counts) expect(count).toBe(catalogue[noun as "commitments"].length);
  const [history] = await everything`
    SELECT count(*)::int AS events, count(DISTINCT batch_id)::int AS batches, min(actor_name) AS actor
    FROM audit_event WHERE verb = 'commitment.create'`;
  expect(history).toEqual({ events: catalogue.commitments.length, batches: 1, actor: "seed" });
});

test("references are the catalogue's, parents are linked and every record is cited", async () => {
  const rows = await everything<{ reference: string; key: string; parent: string | null; citations: number }[]>`
    SELECT c.reference, c.seed_key AS key, p.seed_key AS parent, (SELECT count(*)::int FROM citation x WHERE x.commitment_id = c.id) AS citations
    FROM commitment c LEFT JOIN commitment p ON p.id = c.parent_id ORDER BY c.number`;
  expect(rows).toEqual(
    catalogue.commitments.map(({ reference, key, parent, citations, completionBasis }) => ({
      reference,
      key,
      parent,
      citations: citations.length + (completionBasis ? 1 : 0),
    })),
  );
});

test("a seeded status is set from the start, with the paragraph that says so, and is nobody's report", async () => {
  const based = catalogue.commitments.filter(({ completionBasis }) => completionBasis);
  const rows = await everything`
    SELECT c.seed_key AS key, c.completion, x.paragraph, s.key AS source, (SELECT count(*)::int FROM progress_report r WHERE r.commitment_id = c.id) AS reports
    FROM commitment c JOIN citation x ON x.commitment_id = c.id AND x.supports = 'completion' JOIN source s ON s.id = x.source_id ORDER BY c.number`;
  expect(rows).toEqual(
    based.map(({ key, completion, completionBasis }) => ({
      key,
      completion,
      paragraph: completionBasis?.paragraph,
      source: completionBasis?.source,
      reports: 0,
    })),
  );
});

test("an inferred date of a meeting's deadline is the meeting's, so that it moves with it", async () => {
  const rows = await everything`
    SELECT c.reference, c.deadline_edtf AS edtf, c.deadline_latest = m.latest AS same FROM commitment c JOIN meeting m ON m.id = c.deadline_anchor_id
    WHERE m.key = 'committee-48' ORDER BY 1`;
  expect(rows).toEqual([
    { reference: "VL-014", edtf: null, same: true },
    { reference: "VL-015", edtf: null, same: true },
  ]);
});

test("seeding again changes nothing, and is cheap", async () => {
  const before = await contents();
  const times: number[] = [];
  for (let time = 0; time < 5; time++) {
    const started = performance.now();
    await seed({ log: () => expect.unreachable() });
    times.push(performance.now() - started);
  }
  expect(await contents()).toEqual(before);
  expect(Math.min(...times)).toBeLessThan(50);
});

test("what people have edited stays, and what an admin has deleted does not come back", async () => {
  const edited = await recordOf("VL-005");
  const deleted = await recordOf("VL-113");
  if (!edited || !deleted) throw new Error("no such record");
  const title = { ...edited.title, en: "Edited since" };
  const statement = { en: "Edited since.", vi: "", lo: "" };
  await editTexts(admin, { id: edited.id, version: edited.version, title, statement, draftLocales: [] });
  await deleteCommitment(admin, { id: deleted.id, version: deleted.version });
  const before = await contents();
  await seed(quiet);
  expect(await contents()).toEqual(before);
  expect((await recordOf("VL-005"))?.title.en).toBe("Edited since");
  expect(await recordOf("VL-113")).toBeUndefined();
});

test("only the seed may name a record's catalogue key", async () => {
  const input = { ...ours, portfolioId, seed: { key: "made-up", number: 900 } };
  const person = Object.assign(Object.create(null), admin, { id: "01a1ffec-4749-7659-8e9f-eb9e5b8fccb5" });
  await expect(createCommitment(person, input)).rejects.toMatchObject({ status: 403 });
});

test("in a register that people began before, their references stay theirs", async () => {
  const before = process.env.DATABASE_URL;
  const other = await copyDatabase();
  try {
    await closePools();
    process.env.DATABASE_URL = other.appUrl;
    const { key: id, names: name, prefix } = catalogue.portfolio;
    await recordPortfolio(admin, { id, name, prefix });
    await recordSector(admin, { id: "health", name, dac: [], position: 1 });
    await createCommitment(admin, { ...ours, portfolioId });
    await seed(quiet);
    expect((await recordOf("VL-001"))?.title).toEqual(title);
    const last = `VL-${catalogue.commitments.length + 1}`;
    expect((await recordOf(last))?.seedKey).toBe(catalogue.commitments[0]?.key);
    expect((await recordOf("VL-002"))?.seedKey).toBe(catalogue.commitments[1]?.key);
  } finally {
    await closePools();
    process.env.DATABASE_URL = before;
    await other.drop();
  }
}, 60_000);
