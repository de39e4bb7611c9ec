import { beforeAll, describe, expect, test } from "vitest";
import { createCommitment, duplicateCommitment } from "#lib/commitments/creating.ts";
import {
  addCitation,
  classify,
  editInstrument,
  editTexts,
  setMilestones,
  setParties,
  setRelations,
} from "#lib/commitments/editing.ts";
import { getRecordById } from "#lib/commitments/record.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  newRecord,
  nobody,
  type Register,
  stored,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

let register: Register;
beforeAll(async () => {
  register = await makeRegister();
}, 60_000);

const agreement = { ...newRecord, form: "instrument", kind: "agreement", strength: "obligation" };
const instrument = {
  signed: "2021-03",
  inEffectFrom: "2021",
  ends: "2025",
  noticeDays: 90,
  binding: "yes",
  textHeld: true,
  lifecycle: "in_effect",
  inferred: { ends: text("From the name."), lifecycle: text("It is carried out.") },
};

describe("a new record", () => {
  test("keeps everything that it is given, and has one entry in the history", async () => {
    const owner = await addActor("editor");
    const parent = await addRecord();
    const { id, reference, version } = await createCommitment(system, {
      ...agreement,
      instrument,
      ownerId: owner.id,
      parentId: parent.id,
      deadline: { phrase: "for the congress", edtf: null, anchorId: register.meeting, inferred: text("Said so.") },
      completion: "limited",
      evidence: "reported",
      parties: [
        { partyId: "laos", role: "lead" },
        { partyId: "laos", role: "signatory" },
      ],
      places: ["attapeu"],
      money: [{ amount: 1_500_000.5, currency: "USD", stage: "committed" }],
      milestones: [
        { title: text("One"), phrase: "in spring", edtf: "2026-03/2026-05", doneOn: null },
        { title: text("Two"), phrase: null, edtf: null, doneOn: "2026-01-31" },
      ],
      citations: [{ sourceId: register.source, paragraph: 2, note: text("Names it."), supports: "completion" }],
      meetings: [{ meetingId: register.meeting, relation: "made" }],
      indicatorIds: [register.indicator],
    });
    expect(version).toBe(1);
    expect(await getRecordById(system, id)).toMatchObject({
      reference,
      owner: { id: owner.id },
      parent: { id: parent.id },
      deadline: {
        phrase: "for the congress",
        edtf: null,
        earliest: "2026-01-01",
        latest: "2026-12-31",
        inferred: text("Said so."),
        anchor: { key: "congress" },
      },
      lifecycle: "in_effect",
      instrument: { signed: "2021-03", ends: "2025", noticeDays: 90, textHeld: true, inferred: instrument.inferred },
      completion: "limited",
      evidence: "reported",
      parties: [{ role: "lead" }, { role: "signatory" }],
      places: [{ id: "attapeu" }],
      money: [{ amount: 1_500_000.5, currency: "USD", stage: "committed" }],
      milestones: [
        { title: text("One"), phrase: "in spring", earliest: "2026-03-01", latest: "2026-05-31", doneOn: null },
        { title: text("Two"), doneOn: "2026-01-31" },
      ],
      citations: [{ paragraph: 2, note: text("Names it."), supports: "completion", source: { key: "paper" } }],
      meetings: [{ key: "congress", relation: "made" }],
      indicators: [{ key: "trade" }],
      revisions: [{ seq: 0, phrase: "for the congress" }],
    });
    const entries = await everything`SELECT verb, changes FROM audit_event WHERE subject_id = ${id}`;
    const created = [null, { reference, title: newRecord.title }];
    expect(entries).toEqual([{ verb: "commitment.create", changes: { created } }]);
  });

  test("needs no more than what is promised, and starts where nobody has said anything", async () => {
    const { id } = await createCommitment(system, { ...newRecord, draftLocales: undefined });
    expect(await stored(id)).toMatchObject({
      completion: "not_reported",
      evidence: "none",
      owner_id: null,
      deadline_latest: null,
      lifecycle: null,
      rank: 0,
    });
    expect(await stored((await createCommitment(system, agreement)).id)).toMatchObject({ lifecycle: "unknown" });
  });

  test.each([
    ["a kind of another form", { kind: "mou" }, { fields: { kind: ["errors.kind"] } }],
    ["instrument details on a pledge", { instrument }, { fields: { instrument: ["errors.notInstrument"] } }],
    ["no title in any language", { title: { en: " ", vi: "", lo: "" } }, { fields: { title: ["errors.text.empty"] } }],
    ["a title of two lines", { title: text("a\nb") }, { status: 422 }],
    ["a text that turns around", { statement: text("a\u202eb") }, { status: 422 }],
    [
      "a party twice in one role",
      { parties: Array(2).fill({ partyId: "laos", role: "lead" }) },
      { fields: { parties: ["errors.twice"] } },
    ],
    [
      "an amount that is none",
      { money: [{ amount: "1e9", currency: "USD", stage: "pledged" }] },
      { fields: { "money.0.amount": ["errors.amount"] } },
    ],
    ["a portfolio that is not there", { portfolioId: "nowhere" }, { status: 404 }],
    ["a sector that is not there", { sectorId: "nowhere" }, { key: "errors.noSuchSector" }],
    ["an owner who is not there", { ownerId: nobody }, { key: "errors.noSuchPerson" }],
    ["a party that is not there", { parties: [{ partyId: "nobody", role: "lead" }] }, { key: "errors.noSuchParty" }],
    ["a place that is not there", { places: ["nowhere"] }, { key: "errors.noSuchPlace" }],
    ["a parent that is not there", { parentId: nobody }, { key: "errors.noSuchRecord" }],
    ["a reference of the seed's", { seed: { key: "x", number: 900 } }, { status: 403 }],
  ])("is refused with %s", async (_what, over, refusal) => {
    const manager = await addActor("manager");
    const [before] = await everything`SELECT count(*) FROM commitment`;
    await expect(createCommitment(manager, { ...newRecord, ...over })).rejects.toMatchObject(refusal);
    expect(await everything`SELECT count(*) FROM commitment`).toEqual([before]);
  });

  test("refers to nothing of another portfolio, and to no paragraph that the source does not have", async () => {
    const { source, meeting, indicator } = register.elsewhere;
    const refusals: [Record<string, unknown>, string][] = [
      [{ citations: [{ sourceId: source, paragraph: 1 }] }, "errors.noSuchSource"],
      [{ citations: [{ sourceId: register.source, paragraph: 11 }] }, "errors.noSuchParagraph"],
      [{ meetings: [{ meetingId: meeting, relation: "made" }] }, "errors.noSuchMeeting"],
      [{ deadline: { anchorId: meeting } }, "errors.noSuchMeeting"],
      [{ indicatorIds: [indicator] }, "errors.noSuchIndicator"],
    ];
    for (const [over, key] of refusals) await expect(addRecord(over)).rejects.toMatchObject({ key });
    const stranger = await addRecord({ portfolioId: "other-register" });
    await expect(addRecord({ predecessorId: stranger.id })).rejects.toMatchObject({ key: "errors.noSuchRecord" });
  });

  test("a duplicate has what is promised, and nothing of where it stands", async () => {
    const manager = await addActor("manager");
    const first = await createCommitment(system, {
      ...agreement,
      instrument,
      ownerId: manager.id,
      completion: "complete",
      deadline: { edtf: "2025" },
      parties: [{ partyId: "laos", role: "signatory" }],
      citations: [{ sourceId: register.source, paragraph: 2 }],
    });
    const copy = await duplicateCommitment(manager, { id: first.id, version: 1 });
    expect(copy.reference).not.toBe(first.reference);
    expect(await getRecordById(manager, copy.id)).toMatchObject({
      title: newRecord.title,
      parties: [{ id: "laos" }],
      citations: [{ paragraph: 2 }],
      owner: null,
      completion: "not_reported",
      lifecycle: "unknown",
      deadline: { latest: null },
    });
    const entries = await everything`SELECT verb FROM audit_event WHERE subject_id = ${copy.id}`;
    expect(entries).toEqual([{ verb: "commitment.create" }]);
  });
});

describe("what is edited", () => {
  test("texts are told apart by language, and stored in NFC", async () => {
    const { id } = await addRecord();
    const title = { ...newRecord.title, vi: "Be\u0302\u0323nh vie\u0302\u0323n" };
    const { statement } = newRecord;
    await editTexts(system, { id, version: 1, title, statement, draftLocales: ["vi", "lo"] });
    const [entry] = await historyOf(id);
    expect(entry?.changes).toEqual({ "title.vi": [newRecord.title.vi, "Bệnh viện"] });
    expect(await stored(id)).toMatchObject({ title: { vi: "Bệnh viện".normalize("NFC") } });
  });

  test("a form that changes back finds its instrument details, and its life in the history", async () => {
    const { id } = await createCommitment(system, { ...agreement, instrument });
    const as = (form: string, kind: string) => ({ id, form, kind, strength: "obligation", sectorId: "health" });
    await classify(system, { ...as("pledge", "project"), version: 1 });
    expect(await getRecordById(system, id)).toMatchObject({ instrument: null, lifecycle: null });
    expect((await historyOf(id))[0]?.changes).toMatchObject({ lifecycle: ["in_effect", null] });
    await classify(system, { ...as("instrument", "agreement"), version: 2 });
    expect(await getRecordById(system, id)).toMatchObject({ instrument: { ends: "2025" }, lifecycle: "unknown" });
  });

  test("what somebody sets in an instrument is no longer inferred", async () => {
    const { id } = await createCommitment(system, { ...agreement, instrument });
    const { inferred: _inferred, ...details } = instrument;
    await editInstrument(system, { id, version: 1, ...details, ends: "2026" });
    expect(await getRecordById(system, id)).toMatchObject({ instrument: { ends: "2026" } });
    const [row] = await everything`SELECT inferred, ends_latest AS latest FROM instrument WHERE commitment_id = ${id}`;
    expect(row).toEqual({ inferred: { lifecycle: instrument.inferred.lifecycle }, latest: "2026-12-31" });
    await editInstrument(system, { id, version: 2, ...details, ends: "2026", lifecycle: "expired" });
    expect(await everything`SELECT inferred FROM instrument WHERE commitment_id = ${id}`).toEqual([{ inferred: null }]);
    expect(await stored(id)).toMatchObject({ rank: 2 });
  });

  test("only an instrument has instrument details", async () => {
    const { id } = await addRecord();
    const { inferred: _inferred, ...details } = instrument;
    const refused = editInstrument(system, { id, version: 1, ...details });
    await expect(refused).rejects.toMatchObject({ key: "errors.notInstrument" });
    const stale = editInstrument(system, { id, version: 5, ...details });
    await expect(stale).rejects.toMatchObject({ status: 409 });
  });

  test("a milestone stays the one it was when another comes, goes or moves, or when it is worded anew", async () => {
    const { id } = await addRecord();
    const row = (en: string, edtf: string | null = null) => ({ title: text(en), phrase: null, edtf, doneOn: null });
    let version = 1;
    const set = async (...milestones: ReturnType<typeof row>[]) => {
      ({ version } = await setMilestones(system, { id, version, milestones }));
      const rows = await everything<{ id: string; title: string; edtf: string | null }[]>`
        SELECT id, title->>'en' AS title, edtf FROM milestone WHERE commitment_id = ${id} ORDER BY position`;
      return rows.map((each) => each);
    };
    const [one, two] = await set(row("One"), row("Two"));
    expect(await set(row("Two", "2027"), row("New"), row("One"))).toMatchObject([
      { id: two?.id, edtf: "2027" },
      { title: "New" },
      { id: one?.id },
    ]);
    const [worded, gone] = await set(row("Two, in other words"), row("One"));
    expect([worded?.id, gone?.id]).toEqual([two?.id, one?.id]);
    expect(await set()).toEqual([]);
  });

  test("milestones keep their order, and two languages of a title are one change", async () => {
    const { id } = await addRecord();
    const row = (title: string) => ({ title: text(title), phrase: null, edtf: null, doneOn: null });
    await setMilestones(system, { id, version: 1, milestones: [row("One"), row("Two")] });
    await setMilestones(system, { id, version: 2, milestones: [row("Two"), row("One")] });
    const titles =
      await everything`SELECT title->>'en' AS title FROM milestone WHERE commitment_id = ${id} ORDER BY position`;
    expect(titles.map(({ title }) => title)).toEqual(["Two", "One"]);
  });

  test("parties and places are found by search, by each of their names", async () => {
    const { id } = await addRecord();
    await setParties(system, { id, version: 1, parties: [{ partyId: "laos", role: "lead" }], places: ["attapeu"] });
    expect((await stored(id)).search).toMatch(/laos.*attapeu/s);
    await setParties(system, { id, version: 2, parties: [], places: [] });
    expect((await stored(id)).party_text).toBe("");
  });

  test("nothing is made under itself, or under what is made under it", async () => {
    const [top, middle, bottom] = [await addRecord(), await addRecord(), await addRecord()];
    const under = (id: string, version: number, parentId: string | null) =>
      setRelations(system, { id, version, parentId, predecessorId: null });
    await under(middle.id, 1, top.id);
    await under(bottom.id, 1, middle.id);
    for (const parentId of [top.id, middle.id, bottom.id]) {
      await expect(under(top.id, 1, parentId)).rejects.toMatchObject({ key: "errors.circle" });
    }
    await under(bottom.id, 2, null);
    await under(top.id, 1, bottom.id);
    const self = { id: bottom.id, version: 3, parentId: null, predecessorId: bottom.id };
    await expect(setRelations(system, self)).rejects.toMatchObject({ key: "errors.circle" });
  });

  test("a citation is of a paragraph that a source of the register has", async () => {
    const { id } = await addRecord();
    const cite = (sourceId: string, paragraph: number) => addCitation(system, { id, version: 1, sourceId, paragraph });
    await expect(cite(register.elsewhere.source, 1)).rejects.toMatchObject({ key: "errors.noSuchSource" });
    await expect(cite(register.source, 11)).rejects.toMatchObject({ key: "errors.noSuchParagraph" });
    await expect(cite(register.source, 0)).rejects.toMatchObject({ fields: { paragraph: ["errors.paragraph"] } });
    await cite(register.source, 10);
  });
});
