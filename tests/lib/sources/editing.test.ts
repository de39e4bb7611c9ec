import { beforeAll, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { recordFigure } from "#lib/indicators/figures.ts";
import { editSource, markSilent, recordErratum, recordSource } from "#lib/sources/commands.ts";
import { getSource } from "#lib/sources/queries.ts";
import { addActor, addRecord, makeRegister, portfolioId, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let manager: Actor;
beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
}, 60_000);

const fields = { label: text("Minutes"), dateEdtf: "2026", language: "lo", kind: "minutes", paragraphs: 20 };

test("a source is not made shorter than what rests on it", async () => {
  const { id } = await recordSource(manager, { portfolioId, ...fields });
  await addRecord({ citations: [{ sourceId: id, paragraph: 12 }] });
  const shorter = (paragraphs: number) => editSource(manager, { id, version: 1, ...fields, paragraphs });
  await expect(shorter(11)).rejects.toMatchObject({ fields: { paragraphs: ["errors.paragraphInUse"] } });
  expect(await shorter(12)).toEqual({ id, version: 2 });
  const cited = addRecord({ citations: [{ sourceId: id, paragraph: 13 }] });
  await expect(cited).rejects.toMatchObject({ key: "errors.noSuchParagraph" });
});

test("a source that gets shorter while somebody cites its end is never cited beyond it", async () => {
  for (let time = 0; time < 5; time++) {
    const { id, key } = await recordSource(manager, { portfolioId, ...fields });
    await Promise.allSettled([
      editSource(manager, { id, version: 1, ...fields, paragraphs: 10 }),
      addRecord({ citations: [{ sourceId: id, paragraph: 15 }] }),
    ]);
    const found = await getSource(manager, portfolioId, key);
    const last = found?.commitments === 1 ? 20 : 10;
    expect(found?.paragraphs).toBe(last);
  }
});

test("what promises something, or is not there, is not silent", async () => {
  const { id, key } = await recordSource(manager, { portfolioId, ...fields });
  const { id: indicatorId } = await recordIndicator(manager, {
    portfolioId,
    name: text("Trade volume"),
    unit: "USD",
    direction: "increase",
  });
  const figure = { value: 1, qualifier: "exact", kind: null, edtf: null, inferred: null, note: null };
  await recordFigure(manager, { indicatorId, ...figure, sourceId: id, paragraph: 6 });
  const reason = text("Greetings");
  await expect(markSilent(manager, { id, version: 1, paragraphs: "5-7", reason })).rejects.toMatchObject({
    key: "errors.paragraphUsed",
  });
  await expect(markSilent(manager, { id, version: 1, paragraphs: "20-21", reason })).rejects.toMatchObject({
    key: "errors.noSuchParagraph",
  });
  await markSilent(manager, { id, version: 1, paragraphs: "1–3; 5", reason });
  await markSilent(manager, { id, version: 2, paragraphs: [3], reason: text("A list of names") });
  // What is wrong says something after all.
  const claim = { wrong: text("a"), right: text("b"), explanation: text("c") };
  await recordErratum(manager, { id, version: 3, paragraph: 2, ...claim });
  await recordErratum(manager, { id, version: 4, paragraph: 2, ...claim });
  const source = await getSource(manager, portfolioId, key);
  expect(source?.lines.flatMap(({ paragraph, silent }) => (silent ? [[paragraph, silent.en]] : []))).toEqual([
    [1, "Greetings"],
    [3, "A list of names"],
    [5, "Greetings"],
  ]);
  expect(source?.errata.map((erratum) => erratum.key)).toEqual(["p2", "p2-2"]);
});
