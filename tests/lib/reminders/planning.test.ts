import { beforeAll, expect, test } from "vitest";
import { assignOwner, reviseDeadline } from "#lib/commitments/commands.ts";
import { planDue, stillDue } from "#lib/reminders/planning.ts";
import { addActor, addRecord, makeRegister, portfolioId, system } from "#tests/lib/commitments/register.ts";
import { enterRule, liveThrough, morning, remindersOf } from "#tests/lib/reminders/rules.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let owner: Awaited<ReturnType<typeof addActor>>;
let manager: typeof owner;
beforeAll(async () => {
  await makeRegister();
  owner = await addActor("editor");
  manager = await addActor("manager");
  await enterRule();
}, 60_000);

async function owned(edtf: string, over: Record<string, unknown> = {}) {
  const { id } = await addRecord({ deadline: { phrase: `by ${edtf}`, edtf, anchorId: null }, ...over });
  await assignOwner(system, { id, version: 1, ownerId: owner.id });
  return { id, version: 2 };
}

test("a deadline is told before, on and after its last day, and nothing twice", async () => {
  const { id } = await owned("2027-03-31");
  await liveThrough("2027-02-20", "2027-04-15");
  const found = await remindersOf(id);
  expect(found.map(({ occurrence }) => occurrence)).toEqual(
    [-30, -7, 0, 7].map((offset) => `deadline:2027-03-31:${offset}`),
  );
});
