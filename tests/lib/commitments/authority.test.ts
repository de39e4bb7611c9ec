import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { assignOwner, changeMany, deleteCommitment, reportProgress, withdraw } from "#lib/commitments/commands.ts";
import { createCommitment, duplicateCommitment } from "#lib/commitments/creating.ts";
import { editTexts } from "#lib/commitments/editing.ts";
import { KeptError } from "#lib/errors.ts";
import { addActor, addRecord, historyOf, makeRegister, newRecord, stored } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

type Person = Actor & { id: string };
type Whose = "own" | "team's" | "other's" | "nobody's";

const people: Record<string, Person> = {};
const owners: Record<string, Person> = {};

beforeAll(async () => {
  await makeRegister();
  for (const role of ["viewer", "editor", "manager", "admin"] as const) people[role] = await addActor(role, "viet-nam");
  owners["team's"] = await addActor("editor", "viet-nam");
  owners["other's"] = await addActor("editor", "laos");
}, 60_000);

function person(name: string): Person {
  const found = people[name];
  if (!found) throw new Error(`nobody is ${name}`);
  return found;
}

const recordOf = (whose: Whose, actor: Person) =>
  addRecord({ ownerId: whose === "nobody's" ? null : whose === "own" ? actor.id : owners[whose]?.id });

const verbs: Record<string, (actor: Person, target: { id: string; version: number }) => Promise<unknown>> = {
  update: (actor, target) => reportProgress(actor, { ...target, completion: "limited", evidence: "none" }),
  edit: (actor, target) => {
    const { title, statement } = newRecord;
    return editTexts(actor, { ...target, title, statement, draftLocales: [] });
  },
  withdraw: (actor, target) => withdraw(actor, { ...target, reason: "Given up." }),
  bulk: (actor, target) =>
    changeMany(actor, { rows: [target], change: { field: "completion", completion: "limited" } }),
  take: (actor, target) => assignOwner(actor, { ...target, ownerId: actor.id }),
  give: (actor, target) => assignOwner(actor, { ...target, ownerId: owners["team's"]?.id }),
  duplicate: (actor, target) => duplicateCommitment(actor, target),
  delete: (actor, target) => deleteCommitment(actor, target),
};

// Whose records each role may do it with. Everything that is not here is refused.
const everything: Whose[] = ["own", "team's", "other's", "nobody's"];
const ours: Whose[] = ["own", "team's"];
const allowed: Record<string, Record<string, Whose[]>> = {
  viewer: {},
  editor: { update: ours, edit: ours, withdraw: ours, bulk: ours, take: [...ours, "nobody's"], give: ours },
  manager: Object.fromEntries(Object.keys(verbs).map((verb) => [verb, verb === "delete" ? [] : everything])),
  admin: Object.fromEntries(Object.keys(verbs).map((verb) => [verb, everything])),
};

describe.each(Object.keys(allowed))("%s", (role) => {
  test.each(Object.keys(verbs))("%s", async (verb) => {
    const actor = person(role);
    const done: Whose[] = [];
    for (const whose of everything) {
      const { id } = await recordOf(whose, actor);
      const error = await verbs[verb]?.(actor, { id, version: 1 }).then(
        () => null,
        (thrown) => thrown,
      );
      if (error === null) done.push(whose);
      else {
        expect(error).toBeInstanceOf(KeptError);
        expect([403, 422]).toContain((error as KeptError).status);
        expect(await stored(id)).toMatchObject({ version: 1 });
        expect(await historyOf(id)).toEqual([]);
      }
    }
    expect(done).toEqual(allowed[role]?.[verb] ?? []);
  });
});

test.each([
  ["viewer", false],
  ["editor", false],
  ["manager", true],
  ["admin", true],
])("%s enters records: %s", async (role, may) => {
  const entering = createCommitment(person(role), newRecord);
  if (may) await expect(entering).resolves.toMatchObject({ version: 1 });
  else await expect(entering).rejects.toMatchObject({ status: 403 });
});
