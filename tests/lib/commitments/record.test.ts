import { expect, test } from "vitest";
import { listChoices } from "#lib/commitments/choices.ts";
import { assignOwner, reportProgress, reviseDeadline } from "#lib/commitments/commands.ts";
import { classify, setMoney, setParties, setRelations } from "#lib/commitments/editing.ts";
import { namesIn } from "#lib/commitments/history.ts";
import { type CommitmentRecord, getRecord, getVersion } from "#lib/commitments/record.ts";
import { addActor, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase({ catalogue: true });

const portfolio = "viet-nam-laos";

async function recordOf(seedKey: string, entries?: number) {
  const [row] = await everything<{ reference: string }[]>`SELECT reference FROM commitment WHERE seed_key = ${seedKey}`;
  const found = await getRecord(system, portfolio, row?.reference ?? "", entries);
  if (!found) throw new Error(`no record ${seedKey}`);
  return found;
}

const target = ({ id, version }: CommitmentRecord) => ({ id, version });

test("a record comes whole: texts, parties, places, money, citations, deadline with its event", async () => {
  const { record, history, moreHistory } = await recordOf("vientiane-district-hospital");
  expect(record.title.en).toBe("District hospital in Vientiane Province");
  expect(record.parties.map(({ id, role }) => `${role} ${id}`)).toContain("funder viet-nam");
  expect(record.places.map(({ id }) => id)).toEqual(["vientiane-province"]);
  expect(record.money).toMatchObject([{ amount: 3_000_000, currency: "USD", stage: "committed" }]);
  expect(record.citations).toMatchObject([{ paragraph: 35, source: { key: "moit-2025-04" } }]);
  expect(record.deadline).toMatchObject({ edtf: "2026", latest: "2026-12-31", anchor: { key: "lao-congress-12" } });
  expect(record.revisions).toMatchObject([{ seq: 0, anchor: { en: expect.stringContaining("Congress") } }]);
  expect(record.owner).toBeNull();
  expect(history.map(({ verb }) => verb)).toEqual(["commitment.create"]);
  expect(moreHistory).toBe(false);
});

test("an indicator comes with all its figures, oldest first, and the target", async () => {
  const [row] = await everything<{ seedKey: string }[]>`
    SELECT c.seed_key AS "seedKey" FROM target t JOIN commitment c ON c.id = t.commitment_id LIMIT 1`;
  const { record } = await recordOf(row?.seedKey ?? "");
  const indicator = record.indicators.find(({ target }) => target !== null);
  expect(indicator?.target?.value).toBeTypeOf("number");
  const days = (indicator?.observations ?? []).flatMap(({ latest }) => latest ?? []);
  expect(days).toEqual([...days].sort());
});

test("what does not exist, or is another portfolio's, is null", async () => {
  const { record } = await recordOf("vientiane-district-hospital");
  expect(await getRecord(system, portfolio, "VL-99999")).toBeNull();
  expect(await getRecord(system, "another", record.reference)).toBeNull();
  for (const odd of ["\0", "\ud800", "", "VL-1\0", "x".repeat(9000)]) {
    expect(await getRecord(system, portfolio, odd)).toBeNull();
    expect(await getRecord(system, odd, record.reference)).toBeNull();
  }
  expect(await getVersion(system, "not an id")).toBeNull();
  expect(await getVersion(system, "00000000-0000-4000-8000-000000000000")).toBeNull();
});

test("the history is the newest first, as much as was asked for, and says whether there is more", async () => {
  const { actor, id } = await addActor("manager");
  let { record } = await recordOf("health-cooperation");
  await assignOwner(actor, { ...target(record), ownerId: id });
  ({ record } = await recordOf("health-cooperation"));
  await reportProgress(actor, { ...target(record), completion: "limited", evidence: "reported", text: "Two rooms." });
  const found = await recordOf("health-cooperation", 2);
  expect(found.history.map(({ verb }) => verb)).toEqual(["commitment.reportProgress", "commitment.assignOwner"]);
  expect(found.moreHistory).toBe(true);
  expect(found.record.reports).toMatchObject([{ text: "Two rooms.", completion: "limited", byName: "Test manager" }]);
  expect((await recordOf("health-cooperation", 3)).moreHistory).toBe(false);
});

test("the present version is told with who made it", async () => {
  const { actor } = await addActor("manager");
  const { record } = await recordOf("vientiane-district-hospital");
  expect(await getVersion(system, record.id)).toEqual({ version: 1, by: "seed" });
  await reviseDeadline(actor, {
    ...target(record),
    phrase: "by 2027",
    edtf: "2027",
    anchorId: null,
    reason: "Flooded.",
  });
  expect(await getVersion(system, record.id)).toEqual({ version: 2, by: "Test manager" });
  const revised = (await recordOf("vientiane-district-hospital")).record;
  expect(revised.revisions).toMatchObject([{ edtf: "2026" }, { edtf: "2027", anchor: null, reason: "Flooded." }]);
});

test("keys in a history have their names; a history without keys asks for none", async () => {
  const { actor } = await addActor("manager");
  const parent = (await recordOf("health-cooperation")).record;
  let { record, history } = await recordOf("vientiane-district-hospital");
  expect(await namesIn(actor, history.slice(0, 1), portfolio)).toEqual({
    meeting: {},
    indicator: {},
    sector: {},
    party: {},
    place: {},
    source: {},
    record: {},
  });
  await setRelations(actor, { ...target(record), parentId: parent.id, predecessorId: null });
  ({ record } = await recordOf("vientiane-district-hospital"));
  await setParties(actor, { ...target(record), parties: [{ partyId: "laos", role: "lead" }], places: [] });
  ({ record } = await recordOf("vientiane-district-hospital"));
  await classify(actor, {
    ...target(record),
    form: record.form,
    kind: record.kind,
    strength: record.strength,
    sectorId: "energy",
  });
  ({ history } = await recordOf("vientiane-district-hospital"));
  const names = await namesIn(actor, history, portfolio);
  expect(names.record[parent.id]).toMatchObject({ reference: parent.reference });
  expect(names.party.laos?.vi).toBe("Lào");
  expect(names.place["vientiane-province"]).toBeDefined();
  expect(names.sector.energy?.en).toBe("Energy and mining");
});

test("a conflict over a record changes nothing", async () => {
  const { actor } = await addActor("manager");
  const { record } = await recordOf("health-cooperation");
  const money = [{ amount: "5", currency: "USD", stage: "pledged" }];
  await expect(setMoney(actor, { id: record.id, version: record.version - 1, money })).rejects.toMatchObject({
    status: 409,
  });
  expect((await recordOf("health-cooperation")).record.version).toBe(record.version);
});

test("choices are found without accents, in any language, and name no more than they have to", async () => {
  await addActor("editor");
  const people = await listChoices(system, portfolio, "people", { typed: "TEST EDI", locale: "en" });
  expect(people).toMatchObject([{ label: "Test editor" }]);
  expect(JSON.stringify(people)).not.toContain("@");
  expect(
    (await listChoices(system, portfolio, "parties", { typed: "lao", locale: "vi" })).map(({ value }) => value),
  ).toContain("laos");
  expect(
    (await listChoices(system, portfolio, "records", { typed: "benh vien", locale: "lo" })).length,
  ).toBeGreaterThan(0);
  expect(await listChoices(system, "another", "records", { typed: "", locale: "en" })).toEqual([]);
  expect((await listChoices(system, portfolio, "sources", { locale: "en" })).length).toBe(5);
});

test("people to choose from are for those who give records, and those of a demonstration only there", async () => {
  const named = async (role: "viewer" | "editor" | "manager", of: string, typed: string) =>
    (await listChoices((await addActor(role)).actor, of, "people", { typed, locale: "en" })).map(({ label }) => label);
  const owner = process.env.KEPT_OWNER_URL ?? "";
  await query(owner, "INSERT INTO portfolio (id, name, prefix, demo) VALUES ('elsewhere', '{}', 'ELS', true)");
  await query(
    owner,
    `WITH made AS (INSERT INTO person (id, email, name, demo) VALUES (gen_random_uuid(), 'd@kept.example', $1, true) RETURNING id)
      INSERT INTO membership (person_id, portfolio_id, role) SELECT id, 'elsewhere', 'editor' FROM made`,
    ["Made up"],
  );
  expect(await named("viewer", portfolio, "test")).toEqual([]);
  expect(await named("editor", portfolio, "test editor")).toContain("Test editor");
  expect(await named("manager", portfolio, "made up")).toEqual([]);
  expect(await named("manager", "elsewhere", "made up")).toEqual(["Made up"]);
});

test("whatever is typed, choices are a list", async () => {
  for (const typed of ["\0", "\ud800", "%", "_", "\\", "'; --", "x".repeat(5000)]) {
    for (const noun of ["people", "records", "parties", "places"] as const) {
      expect(Array.isArray(await listChoices(system, portfolio, noun, { typed, locale: "en" }))).toBe(true);
    }
  }
});
