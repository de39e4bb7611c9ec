import { expect, test } from "vitest";
import { assignOwner } from "#lib/commitments/commands.ts";
import { nameFilters } from "#lib/commitments/facets.ts";
import { noFilters } from "#lib/commitments/filters.ts";
import { disablePerson } from "#lib/people/commands.ts";
import { addActor, addRecord, makeRegister, portfolioId, system } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { writing } from "#tests/support/everything.ts";

testDatabase();

test("an address names owners of the register and its members, and nobody else", async () => {
  await makeRegister();
  const viewer = await addActor("viewer");
  const [member, left, gone, stranger] = await Promise.all(
    (["editor", "editor", "editor", "manager"] as const).map((role) => addActor(role)),
  );
  const leave = (personId: string) => writing((tx) => tx.membership.deleteMany({ where: { personId, portfolioId } }));
  const { id, version } = await addRecord();
  await assignOwner(system, { id, version, ownerId: left?.id });
  await disablePerson(system, { id: left?.id });
  await disablePerson(system, { id: gone?.id });
  await leave(stranger?.id ?? "");
  const owner = [member, left, gone, stranger].flatMap((person) => person?.id ?? []);
  const names = await nameFilters(viewer, { ...noFilters, owner }, portfolioId, "en");
  expect(names).toEqual(new Map([member, left].map((person) => [person?.id, person?.name])));
  // Where the stranger is a member they are named.
  expect((await nameFilters(viewer, { ...noFilters, owner }, "other-register", "en")).has(stranger?.id ?? "")).toBe(
    true,
  );
});
