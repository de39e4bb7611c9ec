import { expect, test } from "vitest";
import { type Actor, bearerOf } from "#lib/actor.ts";
import { ConfirmFirst, InvalidInput } from "#lib/errors.ts";
import { createOwnToken, revokeToken } from "#lib/people/access.ts";
import { disablePerson } from "#lib/people/commands.ts";
import { getOwnAccount } from "#lib/people/queries.ts";
import { addActor, historyOf, later, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

test("a token of one's own has the scopes and the end that were chosen, and opens until it is revoked", async () => {
  const { id, actor } = await addActor();
  const now = new Date();
  const { secret } = await createOwnToken(actor, { label: "Figures", access: "read", days: "30" }, { now });
  expect(await bearerOf(secret, now)).toMatchObject({ actor: { id, sessionId: null }, scopes: ["read"] });
  expect(await bearerOf(secret, later(now, 30 * 24 + 1))).toBeNull();
  const { secret: writing } = await createOwnToken(actor, { label: "Import", access: "write", days: "365" });
  expect((await bearerOf(writing, now))?.scopes).toEqual(["read", "write"]);
  const tokens = (await getOwnAccount(actor, now))?.tokens ?? [];
  expect(tokens.map(({ label, scopes }) => [label, scopes])).toContainEqual(["Figures", ["read"]]);
  await revokeToken(actor, { id: tokens.find(({ label }) => label === "Figures")?.id });
  expect(await bearerOf(secret, now)).toBeNull();
  await disablePerson(system, { id });
  expect(await bearerOf(writing, now)).toBeNull();
  expect(JSON.stringify(await historyOf(id))).not.toContain(secret);
});

test("one is made at the screen only, by who showed a short while ago who they are", async () => {
  const { actor } = await addActor("viewer", later(new Date(), -1 / 3));
  const wanted = { label: "x", access: "read", days: "30" };
  await expect(createOwnToken(actor, wanted)).rejects.toThrow(ConfirmFirst);
  const { actor: fresh } = await addActor();
  const { secret } = await createOwnToken(fresh, { ...wanted, access: "write" });
  const byToken = await bearerOf(secret, new Date());
  await expect(createOwnToken(byToken?.actor as Actor, wanted)).rejects.toThrow(ConfirmFirst);
  for (const bad of [{ access: "admin" }, { days: "3650" }, { days: 30 }, { label: " " }, { scopes: ["write"] }]) {
    await expect(createOwnToken(fresh, { ...wanted, ...bad })).rejects.toThrow(InvalidInput);
  }
});
