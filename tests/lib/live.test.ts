import { expect, test } from "vitest";
import { setMoney } from "#lib/commitments/editing.ts";
import { watch } from "#lib/live.ts";
import { addActor } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase({ catalogue: true });

const records = () =>
  everything<{ id: string; version: number }[]>`SELECT id, version FROM commitment ORDER BY number LIMIT 2`;

async function change({ id, version }: { id: string; version: number }, amount: string) {
  const { actor } = await addActor("manager");
  return setMoney(actor, { id, version, money: [{ amount, currency: "LAK", stage: "pledged" }] });
}

test("a change is told to who watches that record, once committed, and to nobody else", async () => {
  const [mine, other] = await records();
  if (!mine || !other) throw new Error("the catalogue has records");
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const stopMine = await watch(mine.id, () => {
    told.push("mine");
    first.resolve();
  });
  const stopOther = await watch(other.id, () => told.push("other"));
  await change(mine, "1");
  await first.promise;
  expect(told).toEqual(["mine"]);
  stopMine();
  stopOther();
});

test("who has stopped watching hears nothing, however many watched", async () => {
  const [, record] = await records();
  if (!record) throw new Error("the catalogue has records");
  const told: string[] = [];
  const heard = Promise.withResolvers<void>();
  const stopFirst = await watch(record.id, () => told.push("first"));
  const stopSecond = await watch(record.id, () => {
    told.push("second");
    heard.resolve();
  });
  stopFirst();
  stopFirst();
  await change(record, "2");
  await heard.promise;
  expect(told).toEqual(["second"]);
  stopSecond();
});

test("a change is told within a second", async () => {
  const [record] = await records();
  if (!record) throw new Error("the catalogue has records");
  const heard = Promise.withResolvers<number>();
  const stop = await watch(record.id, () => heard.resolve(performance.now()));
  await change(record, "3");
  const committed = performance.now();
  expect((await heard.promise) - committed).toBeLessThan(1000);
  stop();
});
