import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import {
  assignOwner,
  changeMany,
  deleteCommitment,
  reopen,
  reportProgress,
  reviseDeadline,
  withdraw,
} from "#lib/commitments/commands.ts";
import { disablePerson } from "#lib/people/commands.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  nobody,
  type Register,
  stored,
  system,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

let register: Register;
let manager: Actor & { id: string };
beforeAll(async () => {
  register = await makeRegister();
  manager = await addActor("manager");
}, 60_000);

// Late in the evening in UTC: already the next day for the team.
const now = new Date("2026-11-20T18:00:00Z");

describe("owner", () => {
  test("of the same name is still another person", async () => {
    const { id } = await addRecord();
    const [one, two] = [await addActor("editor"), await addActor("editor")];
    await assignOwner(manager, { id, version: 1, ownerId: one.id });
    await assignOwner(manager, { id, version: 2, ownerId: two.id });
    expect(await historyOf(id)).toMatchObject([
      { changes: { owner: [null, "Test editor"] } },
      { changes: { owner: ["Test editor", "Test editor"] } },
    ]);
    expect(await stored(id)).toMatchObject({ owner_id: two.id, owner_text: "test editor" });
  });

  test("is somebody who may sign in", async () => {
    const { id } = await addRecord();
    const gone = await addActor("editor");
    await disablePerson(system, { id: gone.id });
    for (const ownerId of [gone.id, nobody]) {
      const refused = assignOwner(manager, { id, version: 1, ownerId });
      await expect(refused).rejects.toMatchObject({ key: "errors.noSuchPerson" });
    }
  });

  test("an editor takes what is nobody's, for themselves only", async () => {
    const { id } = await addRecord();
    const [editor, other] = [await addActor("editor"), await addActor("editor")];
    const given = assignOwner(editor, { id, version: 1, ownerId: other.id });
    await expect(given).rejects.toMatchObject({ key: "errors.takeOnly" });
    await assignOwner(editor, { id, version: 1, ownerId: editor.id });
    const taken = assignOwner(other, { id, version: 2, ownerId: other.id });
    await expect(taken).rejects.toMatchObject({ status: 403 });
  });
});

const report = { completion: "limited", evidence: "reported", text: "Ground is broken." };
const reportsOf = (id: string) => everything`
  SELECT as_of AS "asOf", completion, evidence, confidence, text, by_name AS by FROM progress_report WHERE commitment_id = ${id} ORDER BY at, as_of`;

describe("progress", () => {
  test("each report is kept, of the team's day unless it says another", async () => {
    const { id } = await addRecord();
    await reportProgress(manager, { id, version: 1, ...report, confidence: "green" }, { now });
    await reportProgress(manager, { id, version: 2, ...report, text: "Walls stand." }, { now });
    expect(await reportsOf(id)).toMatchObject([
      { asOf: "2026-11-21", completion: "limited", confidence: "green", text: "Ground is broken.", by: manager.name },
      { asOf: "2026-11-21", text: "Walls stand.", confidence: null },
    ]);
    expect(await stored(id)).toMatchObject({
      completion: "limited",
      evidence: "reported",
      confidence: "green",
      confidence_on: "2026-11-21",
      reported_on: "2026-11-21",
    });
    const [, second] = await historyOf(id);
    expect(second?.changes).toMatchObject({ report: [null, { asOf: "2026-11-21", text: "Walls stand." }] });
    expect(second?.changes).not.toHaveProperty("completion");
  });

  test("one entered late is kept, and the newer one stands", async () => {
    const { id } = await addRecord();
    await reportProgress(manager, { id, version: 1, ...report, asOf: "2026-10-01" }, { now });
    const late = { ...report, completion: "not_started", asOf: "2026-03-01" };
    await reportProgress(manager, { id, version: 2, ...late }, { now });
    expect(await reportsOf(id)).toHaveLength(2);
    expect(await stored(id)).toMatchObject({ completion: "limited", reported_on: "2026-10-01", version: 3 });
    expect((await historyOf(id))[1]?.changes).not.toHaveProperty("completion");
  });

  test("is not of a day to come, nor back to nobody having said", async () => {
    const { id } = await addRecord();
    const future = reportProgress(manager, { id, version: 1, ...report, asOf: "2026-11-22" }, { now });
    await expect(future).rejects.toMatchObject({ key: "errors.reportInFuture" });
    await reportProgress(manager, { id, version: 1, ...report }, { now });
    const back = reportProgress(manager, { id, version: 2, ...report, completion: "not_reported" }, { now });
    await expect(back).rejects.toMatchObject({ key: "errors.completionStep" });
    expect(await reportsOf(id)).toHaveLength(1);
  });

  test("withdrawn is said by its own verb, and reopened before it is reported on", async () => {
    const { id } = await addRecord();
    const sideways = reportProgress(manager, { id, version: 1, ...report, completion: "withdrawn" });
    await expect(sideways).rejects.toMatchObject({ key: "errors.completionStep" });
    await withdraw(manager, { id, version: 1, reason: "Given up." });
    const closed = reportProgress(manager, { id, version: 2, ...report });
    await expect(closed).rejects.toMatchObject({ key: "errors.completionStep" });
    await reopen(manager, { id, version: 2 });
    await reportProgress(manager, { id, version: 3, ...report });
    expect(await stored(id)).toMatchObject({ completion: "limited", rank: 0 });
  });

  test("evidence is an address on the web", async () => {
    const { id } = await addRecord();
    for (const evidenceUrl of ["javascript:alert(1)", "https://user:secret@example.org/", "nothing"]) {
      const refused = reportProgress(manager, { id, version: 1, ...report, evidenceUrl });
      await expect(refused).rejects.toMatchObject({ fields: { evidenceUrl: ["errors.link"] } });
    }
  });

  test("a withdrawal needs a reason", async () => {
    const { id } = await addRecord();
    const silent = withdraw(manager, { id, version: 1, reason: "  " });
    await expect(silent).rejects.toMatchObject({ fields: { reason: ["errors.text.empty"] } });
  });
});

const revisionsOf = (id: string) =>
  everything`SELECT seq, phrase, edtf, latest, reason, by_name AS by FROM deadline_revision WHERE commitment_id = ${id} ORDER BY seq`;

describe("deadline", () => {
  test("the first needs no reason, and is never overwritten", async () => {
    const { id } = await addRecord();
    const first = { phrase: "by 2026", edtf: "2026", anchorId: null };
    await reviseDeadline(manager, { id, version: 1, ...first });
    const unreasoned = reviseDeadline(manager, { id, version: 2, ...first, edtf: "2027" });
    await expect(unreasoned).rejects.toMatchObject({ key: "errors.reasonNeeded" });
    await reviseDeadline(manager, { id, version: 2, ...first, edtf: "2027", reason: "Floods." });
    expect(await revisionsOf(id)).toEqual([
      { seq: 0, phrase: "by 2026", edtf: "2026", latest: "2026-12-31", reason: null, by: manager.name },
      { seq: 1, phrase: "by 2026", edtf: "2027", latest: "2027-12-31", reason: "Floods.", by: manager.name },
    ]);
  });

  test("of a new record is its original", async () => {
    const { id } = await addRecord({ deadline: { phrase: "in the coming years", edtf: null } });
    expect(await revisionsOf(id)).toMatchObject([{ seq: 0, phrase: "in the coming years", edtf: null, latest: null }]);
    const changed = { id, version: 1, phrase: "in the coming years", edtf: "2030" };
    await expect(reviseDeadline(manager, changed)).rejects.toMatchObject({ key: "errors.reasonNeeded" });
  });

  test("taken away, the record is undated again", async () => {
    const { id } = await addRecord({ deadline: { phrase: null, edtf: "2026" } });
    await reviseDeadline(manager, { id, version: 1, phrase: null, edtf: null, reason: "The text gives none." });
    expect(await stored(id)).toMatchObject({ deadline_latest: null, deadline_edtf: null });
    expect(await revisionsOf(id)).toHaveLength(2);
  });

  test("hangs on an event of the same register", async () => {
    const { id } = await addRecord();
    const foreign = reviseDeadline(manager, { id, version: 1, anchorId: register.elsewhere.meeting });
    await expect(foreign).rejects.toMatchObject({ key: "errors.noSuchMeeting" });
    await reviseDeadline(manager, { id, version: 1, phrase: "for the congress", anchorId: register.meeting });
    expect(await stored(id)).toMatchObject({
      deadline_edtf: null,
      deadline_earliest: "2026-01-01",
      deadline_latest: "2026-12-31",
    });
  });

  test("once somebody sets it, it is no longer inferred", async () => {
    const inferred = { en: "Taken from the title.", vi: "", lo: "" };
    const { id } = await addRecord({ deadline: { phrase: null, edtf: "2025", inferred } });
    expect(await stored(id)).toMatchObject({ deadline_inferred: inferred });
    await reviseDeadline(manager, { id, version: 1, edtf: "2026", reason: "The signed text says so." });
    expect(await stored(id)).toMatchObject({ deadline_inferred: null });
  });

  test("is a date that there is", async () => {
    const { id } = await addRecord();
    const refused = reviseDeadline(manager, { id, version: 1, edtf: "2026-02-30" });
    await expect(refused).rejects.toMatchObject({ fields: { edtf: ["errors.date.noSuchDay"] } });
  });
});

describe("many at once", () => {
  test("each gets its version and its entry, tied together", async () => {
    const rows = await Promise.all([1, 2, 3].map(() => addRecord()));
    const change = { field: "owner", ownerId: manager.id };
    const edited = await changeMany(manager, { rows: rows.map(({ id }) => ({ id, version: 1 })), change });
    expect(edited).toEqual(rows.map(({ id }) => ({ id, version: 2 })));
    const entries = (await Promise.all(rows.map(({ id }) => historyOf(id)))).flat();
    expect(entries.map(({ verb }) => verb)).toEqual(Array(3).fill("commitment.assignOwner"));
    expect(new Set(entries.map(({ batchId }) => batchId)).size).toBe(1);
    expect(entries[0]?.batchId).not.toBeNull();
  });

  test("status and deadline, too; a status keeps the evidence that was there", async () => {
    const one = await addRecord({ evidence: "documented" });
    const complete = { field: "completion", completion: "complete", text: "Handed over." };
    await changeMany(manager, { rows: [{ id: one.id, version: 1 }], change: complete });
    expect(await stored(one.id)).toMatchObject({ completion: "complete", evidence: "documented" });
    const later = { field: "deadline", phrase: null, edtf: "2028", reason: "Agreed." };
    await changeMany(manager, { rows: [{ id: one.id, version: 2 }], change: later });
    expect(await stored(one.id)).toMatchObject({ deadline_edtf: "2028", version: 3 });
  });

  test("all or none: one stale, missing or forbidden record stops them all", async () => {
    const editor = await addActor("editor");
    const [own, stale, others] = [
      await addRecord({ ownerId: editor.id }),
      await addRecord({ ownerId: editor.id }),
      await addRecord({ ownerId: manager.id }),
    ];
    const change = { field: "completion", completion: "limited" };
    const tries = [
      { row: { id: stale.id, version: 9 }, status: 409 },
      { row: { id: nobody, version: 1 }, status: 404 },
      { row: { id: others.id, version: 1 }, status: 403 },
      { row: { id: own.id, version: 1 }, status: 409 },
    ];
    for (const { row, status } of tries) {
      const refused = changeMany(editor, { rows: [{ id: own.id, version: 1 }, row], change });
      await expect(refused).rejects.toMatchObject({ status });
      expect(await stored(own.id)).toMatchObject({ version: 1, completion: "not_reported" });
    }
    expect(await historyOf(own.id)).toEqual([]);
  });
});

describe("deleting for good", () => {
  test("is the admin's, and the history says what it was", async () => {
    const { id, reference } = await addRecord({ deadline: { phrase: null, edtf: "2026" } });
    await reportProgress(manager, { id, version: 1, ...report });
    await expect(deleteCommitment(manager, { id, version: 2 })).rejects.toMatchObject({ status: 403 });
    const admin = await addActor("admin");
    await expect(deleteCommitment(admin, { id, version: 1 })).rejects.toMatchObject({ status: 409 });
    expect(await deleteCommitment(admin, { id, version: 2 })).toEqual({ reference });
    await expect(stored(id)).rejects.toThrow();
    expect((await historyOf(id)).at(-1)).toMatchObject({
      verb: "commitment.delete",
      actorId: admin.id,
      changes: { deleted: [{ reference }, null] },
    });
  });

  test("is refused while other records hang on it", async () => {
    const { id } = await addRecord();
    await addRecord({ parentId: id });
    const refused = deleteCommitment(system, { id, version: 1 });
    await expect(refused).rejects.toMatchObject({ key: "errors.hasDependents" });
  });

  test("its reference is not given again", async () => {
    const { id, reference } = await addRecord();
    await deleteCommitment(system, { id, version: 1 });
    expect((await addRecord()).reference).not.toBe(reference);
  });
});
