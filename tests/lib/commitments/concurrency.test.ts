import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { reportProgress, reviseDeadline } from "#lib/commitments/commands.ts";
import { setMoney, setParties, setRelations } from "#lib/commitments/editing.ts";
import { Conflict } from "#lib/errors.ts";
import { addActor, addRecord, historyOf, makeRegister, stored } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const clients = 50;
const each = 20;

let manager: Actor;
beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
}, 60_000);

/**
 * Edits as a person would: on a conflict, looks at what stands there now, which takes a moment, and tries again. Gives how
 * often that was.
 */
async function edit(id: string, version: number, text: string): Promise<{ version: number; conflicts: number }> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      const edited = await reportProgress(manager, { id, version, completion: "limited", evidence: "none", text });
      return { version: edited.version, conflicts };
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      version = error.version;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    }
  }
}

const counts = (id: string) => everything<{ entries: number; reports: number; texts: number }[]>`
  SELECT (SELECT count(*)::int FROM audit_event WHERE subject_id = ${id} AND verb = 'commitment.reportProgress') AS entries,
    count(*)::int AS reports, count(DISTINCT text)::int AS texts FROM progress_report WHERE commitment_id = ${id}`;

test("50 clients make 20 edits each to one record: none is lost, none is doubled", async () => {
  const { id } = await addRecord();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      let version = 1;
      for (let time = 0; time < each; time++) ({ version } = await edit(id, version, `${client}.${time}`));
    }),
  );
  const all = clients * each;
  expect(await counts(id)).toEqual([{ entries: all, reports: all, texts: all }]);
  expect(await stored(id)).toMatchObject({ version: all + 1 });
}, 300_000);

test("and to a record each", async () => {
  const records = await Promise.all(Array.from({ length: clients }, () => addRecord()));
  expect(new Set(records.map(({ reference }) => reference)).size).toBe(clients);
  await Promise.all(
    records.map(async ({ id }, client) => {
      let version = 1;
      for (let time = 0; time < each; time++) {
        const edited = await edit(id, version, `${client}.${time}`);
        expect(edited.conflicts).toBe(0);
        version = edited.version;
      }
    }),
  );
  for (const { id } of records) {
    expect(await counts(id)).toEqual([{ entries: each, reports: each, texts: each }]);
    expect(await stored(id)).toMatchObject({ version: each + 1 });
  }
}, 300_000);

test("of two edits of one version, one is made and the other told what stands there", async () => {
  const { id } = await addRecord();
  const money = (amount: string) => [{ amount, currency: "USD", stage: "pledged" }];
  const both = await Promise.allSettled([
    setMoney(manager, { id, version: 1, money: money("1") }),
    setMoney(manager, { id, version: 1, money: money("2") }),
    setParties(manager, { id, version: 1, parties: [{ partyId: "laos", role: "lead" }], places: [] }),
  ]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of both) {
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ status: 409, version: 2 });
  }
  expect(await historyOf(id)).toHaveLength(1);
});

test("two new deadlines at once are two revisions or a conflict, never an error", async () => {
  const { id } = await addRecord({ deadline: { edtf: "2026" } });
  const revise = (edtf: string) => reviseDeadline(manager, { id, version: 1, edtf, reason: "Agreed." });
  const outcomes = await Promise.allSettled(["2027", "2028", "2029"].map(revise));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  expect(refused).toHaveLength(2);
  for (const reason of refused) expect(reason).toMatchObject({ status: 409, theirs: { edtf: expect.any(String) } });
  expect(await everything`SELECT seq FROM deadline_revision WHERE commitment_id = ${id} ORDER BY seq`).toHaveLength(2);
});

test("two edits at once don't close a circle", async () => {
  for (let time = 0; time < 5; time++) {
    const [one, two] = [await addRecord(), await addRecord()];
    const under = (id: string, parentId: string) =>
      setRelations(manager, { id, version: 1, parentId, predecessorId: null });
    const outcomes = await Promise.allSettled([under(one.id, two.id), under(two.id, one.id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  }
});
