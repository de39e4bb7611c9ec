import { readFile as readBytes } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { reviseDeadline } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { exportCsv } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { textsInput } from "#lib/commitments/schema.ts";
import { readStanding } from "#lib/commitments/standing.ts";
import { locales } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { columns, guessColumns, headingOf, templateColumns } from "#lib/importing/columns.ts";
import { mapImport, runImport, undoImport, uploadImport } from "#lib/importing/commands.ts";
import { readFile } from "#lib/importing/file.ts";
import { findImport, previewImport } from "#lib/importing/queries.ts";
import { workbookOf } from "#lib/importing/template.ts";
import { chosen, wordsFor } from "#lib/importing/words.ts";
import { type Entry, knownAt } from "#lib/reports/as-of.ts";
import { addActor } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase({ catalogue: true });

const portfolioId = "viet-nam-laos";
let manager: Actor & { id: string };
beforeAll(async () => {
  manager = await addActor("manager");
});

/** A file as somebody uploads it, mapped as it was guessed, and what it would do. */
async function brought(text: string | Uint8Array, { reason = "", clear = false } = {}) {
  const sheet = await readFile(typeof text === "string" ? new TextEncoder().encode(text) : text);
  const { id } = await uploadImport(manager, {
    ...{ portfolioId, fileName: "test.csv", fileBytes: 1, hash: new Uint8Array(32) },
    ...sheet,
  });
  const found = await findImport(manager, portfolioId, id);
  const columns = found?.mapping.columns ?? [];
  const { version } = await mapImport(manager, { id, version: 1, columns, clear, reason });
  const planned = await previewImport(manager, portfolioId, id);
  if (!planned) throw new Error("no preview");
  return { id, version, columns, ...planned };
}

const run = ({ id, version, plan }: Awaited<ReturnType<typeof brought>>) =>
  runImport(manager, { id, version, fingerprint: plan.fingerprint });

const idOf = async (reference: string) =>
  (
    await everything<
      { id: string; version: number }[]
    >`SELECT id, version FROM commitment WHERE reference = ${reference}`
  )[0];

describe("the file of the register", () => {
  for (const locale of locales)
    test(`brought back in changes nothing (${locale})`, async () => {
      let csv = "";
      const { listing } = parseListing({});
      for await (const piece of exportCsv(manager, portfolioId, listing, { locale, today: "2026-11-22" })) csv += piece;
      const { plan, columns } = await brought(csv);
      expect(columns).not.toContain(null);
      expect(
        plan.rows.flatMap(({ row, problems, steps }) =>
          problems.length + steps.length > 0 ? [{ row, problems, steps }] : [],
        ),
      ).toEqual([]);
      expect(plan.counts.same).toBeGreaterThan(60);
    });
});

describe("the workbook with all records", () => {
  for (const locale of locales)
    test(`brought back in changes nothing (${locale})`, async () => {
      const bytes = await workbookOf(manager, portfolioId, { locale, filled: true });
      const { plan, columns } = await brought(bytes);
      expect(columns).toEqual([...templateColumns, "updated"]);
      expect(plan.counts).toMatchObject({ create: 0, change: 0, refused: 0 });
    });

  test("whatever the texts are", async () => {
    const [{ sectorId } = { sectorId: "" }] = await everything<
      { sectorId: string }[]
    >`SELECT id AS "sectorId" FROM sector LIMIT 1`;
    const payloads: string[] = JSON.parse(await readBytes("tests/e2e/payloads.json", "utf8"));
    const hostile = [
      "=1+1",
      "'=1+1",
      "''=x",
      "+84 20",
      "-5",
      "@SUM(A1)",
      "＝1",
      "a;b",
      ' "quoted" ',
      "\u200bx",
      "_x000D_",
      ...payloads,
    ];
    const texts = hostile.map((text) => ({
      ok: textsInput.shape.title.safeParse({ en: text, vi: "", lo: text }),
      text,
    }));
    for (const { ok } of texts) {
      if (!ok.success) continue;
      await createCommitment(manager, {
        ...{ portfolioId, form: "pledge", kind: "project", strength: "pledge", sectorId },
        ...{ title: ok.data, statement: { ...ok.data, vi: `${ok.data.en}\n\n${ok.data.en}` } },
        deadline: { phrase: ok.data.en.slice(0, 200).trim(), edtf: null, anchorId: null },
      });
    }
    const { plan } = await brought(await workbookOf(manager, portfolioId, { locale: "en", filled: true }));
    expect(plan.rows.filter(({ act }) => act !== "same").map(({ problems, steps }) => [problems, steps])).toEqual([]);
    let csv = "";
    const { listing } = parseListing({});
    for await (const piece of exportCsv(manager, portfolioId, listing, { locale: "en", today: "2026-11-22" }))
      csv += piece;
    const { plan: again } = await brought(csv);
    expect(again.rows.filter(({ act }) => act !== "same").map(({ problems, steps }) => [problems, steps])).toEqual([]);
  });
});

describe("new rows and changes", () => {
  const file = `Reference,Title (en),Statement (en),Form,Kind,Strength,Sector,Lead,Status,Evidence,Progress,Deadline,Deadline (EDTF),Money,Citations
VL-001,,,,,,,,Limited,Reported,Half of it is built,,,,
,A new bridge,They build a bridge,pledge,Project,Obligation,Health,Laos; Viet Nam,Not started,,Nothing yet,by 2030,2030,1500000 USD pledged,deepening 3
NEW-9,Cầu mới,Xây một cây cầu,cam kết,project,obligation,health,,,,,,2027-05,,
`;

  test("are done in one batch, and undone exactly", async () => {
    const first = await idOf("VL-001");
    if (!first) throw new Error("no VL-001");
    const before = await readStanding(manager, first.id);
    const brought1 = await brought(file.replace("cam kết", "pledge"));
    expect(brought1.plan.rows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(brought1.plan.counts).toEqual({ create: 2, change: 1, same: 0, refused: 0 });
    const done = await run(brought1);
    const after = await readStanding(manager, first.id);
    expect(after).toMatchObject({ completion: "limited", evidence: "reported" });
    const made = await everything<{ reference: string; completion: string; money: number; report: string | null }[]>`
      SELECT c.reference, c.completion, (SELECT count(*)::int FROM money WHERE commitment_id = c.id) AS money,
        (SELECT text FROM progress_report WHERE commitment_id = c.id) AS report
      FROM commitment c WHERE c.title->>'en' IN ('A new bridge', 'Cầu mới') ORDER BY c.number`;
    expect(made).toMatchObject([
      { completion: "not_started", money: 1, report: "Nothing yet" },
      { completion: "not_reported", money: 0, report: null },
    ]);
    const batches =
      await everything`SELECT DISTINCT batch_id FROM audit_event WHERE portfolio_id = ${portfolioId} AND actor_id = ${manager.id} AND subject_type = 'commitment' AND batch_id IS NOT NULL`;
    expect(batches).toHaveLength(1);

    await undoImport(manager, { id: brought1.id, version: done.version });
    expect(await readStanding(manager, first.id)).toEqual(before);
    expect(await everything`SELECT FROM commitment WHERE title->>'en' IN ('A new bridge', 'Cầu mới')`).toHaveLength(0);
    // Once.
    await expect(undoImport(manager, { id: brought1.id, version: done.version + 1 })).rejects.toMatchObject({
      key: "importing.errors.state",
    });
  });

  test("of every kind are undone exactly", async () => {
    const [source] = await everything<
      { key: string }[]
    >`SELECT key FROM source WHERE portfolio_id = ${portfolioId} ORDER BY key LIMIT 1`;
    const [pledge] = await everything<{ id: string; reference: string }[]>`
      SELECT id, reference FROM commitment c WHERE form = 'pledge' AND deadline_edtf IS NOT NULL AND EXISTS (SELECT FROM money WHERE commitment_id = c.id) LIMIT 1`;
    if (!pledge) throw new Error("no pledge with money");
    const whole = () => everything`
      SELECT to_jsonb(c) - 'version' - 'updated_at' AS own, (SELECT json_agg(p ORDER BY role, party_id) FROM commitment_party p WHERE commitment_id = c.id) AS parties,
        (SELECT json_agg(p ORDER BY place_id) FROM commitment_place p WHERE commitment_id = c.id) AS places,
        (SELECT json_agg(json_build_array(amount, currency, stage) ORDER BY m.id) FROM money m WHERE commitment_id = c.id) AS money,
        (SELECT json_agg(x ORDER BY id) FROM citation x WHERE commitment_id = c.id) AS citations,
        (SELECT json_agg(i) FROM instrument i WHERE commitment_id = c.id) AS instrument
      FROM commitment c WHERE id = ${pledge.id}`;
    const [before, standing] = [await whole(), await readStanding(manager, pledge.id)];
    const head =
      "Reference,Title (lo),Statement (vi),Form,Kind,Strength,Sector,Lead,Places,Money,Owner,Status,Evidence,Deadline,Deadline (EDTF),Reason for the deadline,Citations";
    const line = `${pledge.reference},ຊື່ໃໝ່,Nội dung mới,instrument,mou,description,health,Viet Nam,Attapeu,7 LAK committed,${manager.email},complete,verified,2031-05-01,,because,${source?.key} 1`;
    const planned = await brought(`${head}\n${line}\n`);
    expect(planned.plan.rows[0]?.problems).toEqual([]);
    expect(planned.plan.rows[0]?.steps.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining([
        "editTexts",
        "classify",
        "setParties",
        "setMoney",
        "assignOwner",
        "reviseDeadline",
        "reportProgress",
      ]),
    );
    const done = await run(planned);
    expect(await readStanding(manager, pledge.id)).toMatchObject({
      form: "instrument",
      kind: "mou",
      owner: "Test manager",
      completion: "complete",
      places: ["attapeu"],
      money: ["7 LAK committed"],
    });
    const since = (await findImport(manager, portfolioId, planned.id))?.doneAt ?? new Date(0);
    await undoImport(manager, { id: planned.id, version: done.version });
    expect(await whole()).toEqual(before);
    expect(await readStanding(manager, pledge.id)).toEqual(standing);
    const undone = await everything<
      { batch_id: string }[]
    >`SELECT batch_id FROM audit_event WHERE subject_id = ${pledge.id} AND verb = 'import.undo'`;
    expect(undone).toHaveLength(1);
    // The history tells both, so that reports as of a day between say what stood then.
    const entries = await everything<
      Entry[]
    >`SELECT id::int, at, changes FROM audit_event WHERE subject_id = ${pledge.id} ORDER BY id DESC`;
    expect(knownAt({ standing: await readStanding(manager, pledge.id), entries }, since)).toMatchObject({
      form: "instrument",
      kind: "mou",
      completion: "complete",
    });
    expect(knownAt({ standing: await readStanding(manager, pledge.id), entries }, new Date("2020-01-01"))).toBeNull();
  });

  test("are not undone when somebody has gone on with a record, who is named", async () => {
    const brought1 = await brought("Reference,Title (en)\nVL-002,Another title\nVL-003,A third title\n");
    const done = await run(brought1);
    const record = await idOf("VL-003");
    await reviseDeadline(manager, { ...record, phrase: "by 2031", edtf: "2031", anchorId: null, reason: "later" });
    await expect(undoImport(manager, { id: brought1.id, version: done.version })).rejects.toMatchObject({
      status: 409,
      theirs: { records: ["VL-003"] },
    });
  });

  test("are refused as a whole when one row is wrong", async () => {
    const wrong = await brought(
      "Reference,Title (en),Owner,Lead,Deadline (EDTF),Status\nVL-004,Fine,,,,\nVL-005,,nobody@example.org,Atlantis,2026-13,Withdrawn\nVL-004,Twice,,,,\n",
    );
    expect(wrong.plan.counts).toMatchObject({ change: 1, refused: 2 });
    expect(wrong.plan.rows[1]?.problems.map(({ column, key }) => [column, key])).toEqual([
      ["owner", "importing.errors.unknown.person"],
      ["lead", "importing.errors.unknown.party"],
      ["edtf", "errors.date.noSuchDay"],
      ["completion", "importing.errors.closing"],
    ]);
    await expect(run(wrong)).rejects.toMatchObject({ key: "importing.errors.refusedRows" });
  });

  test("are not done when the register has changed since the preview", async () => {
    const planned = await brought("Reference,Title (en)\nVL-006,Planned\n");
    const record = await idOf("VL-006");
    await reviseDeadline(manager, { ...record, phrase: "by 2033", edtf: "2033", anchorId: null, reason: "later" });
    await expect(run(planned)).rejects.toMatchObject({ status: 409 });
  });
});

test("in each language every column has a heading of its own, and every value a word of its own", () => {
  for (const locale of locales) {
    const headings = columns.map((column) => headingOf(translator(locale), column));
    expect(guessColumns(headings)).toEqual(columns);
    for (const field of ["form", "kind", "strength", "completion", "evidence", "stage"] as const)
      for (const word of wordsFor(field, locale)) expect(chosen(field, word), word).toHaveProperty("one");
  }
});

test("who saw an older step of an import is told so", async () => {
  const { id, version, columns } = await brought("Reference,Title (en)\nVL-007,Planned\n");
  await expect(
    mapImport(manager, { id, version: version - 1, columns, clear: false, reason: "" }),
  ).rejects.toMatchObject({ status: 409 });
  const viewer = await addActor("editor");
  await expect(mapImport(viewer, { id, version, columns, clear: false, reason: "" })).rejects.toMatchObject({
    status: 403,
  });
  expect(await findImport(viewer, portfolioId, id)).toBeNull();
  expect(await findImport(manager, "elsewhere", id)).toBeNull();
});
