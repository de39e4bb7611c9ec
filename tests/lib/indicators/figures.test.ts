import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { getRecordById } from "#lib/commitments/record.ts";
import { editIndicator, recordIndicator } from "#lib/indicators/commands.ts";
import { correctFigure, recordFigure, withdrawFigure } from "#lib/indicators/figures.ts";
import { getFigure, getIndicator, getTarget } from "#lib/indicators/queries.ts";
import { correctTarget, recordTarget, withdrawTarget } from "#lib/indicators/targets.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  portfolioId,
  type Register,
  stored,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let register: Register;
let manager: Actor & { id: string };
beforeAll(async () => {
  register = await makeRegister();
  manager = await addActor("manager");
}, 60_000);

let count = 0;
const measured = { unit: "USD", direction: "increase" };
const addIndicator = () => recordIndicator(manager, { portfolioId, name: text(`Trade ${++count}`), ...measured });
const figure = (over: Record<string, unknown> = {}) => ({
  value: 2.25,
  qualifier: "about",
  kind: "full_year",
  phrase: null,
  edtf: "2025",
  inferred: null,
  sourceId: register.source,
  paragraph: 3,
  note: null,
  ...over,
});
const goal = (over: Record<string, unknown> = {}) => ({
  value: 5e9,
  phrase: "by 2030",
  edtf: "2030",
  sourceId: register.source,
  paragraph: 9,
  ...over,
});

describe("figures", () => {
  test("stand beside each other, and one that is corrected keeps its place and says why", async () => {
    const { id: indicatorId, key } = await addIndicator();
    const { id } = await recordFigure(manager, { indicatorId, ...figure() });
    await recordFigure(manager, { indicatorId, ...figure({ value: 2.3 }) });
    const note = text("Two figures in one text.");
    await correctFigure(manager, {
      id,
      version: 1,
      ...figure({ edtf: "2024-12", note }),
      reason: "The year was wrong.",
    });
    const indicator = await getIndicator(manager, portfolioId, key);
    expect(indicator?.observations).toMatchObject([
      { id, value: 2.25, earliest: "2024-12-01", latest: "2024-12-31", note },
      { value: 2.3, latest: "2025-12-31", note: null },
    ]);
    if (!indicator) throw new Error("no indicator");
    expect(await getFigure(manager, indicator, id)).toMatchObject({
      version: 2,
      value: 2.25,
      sourceId: register.source,
    });
    expect(await getFigure(manager, indicator, "x")).toBeNull();
    await withdrawFigure(manager, { id, version: 2, reason: "It is of another country." });
    expect(await getFigure(manager, indicator, id)).toBeNull();
    expect((await historyOf(indicatorId)).map(({ verb }) => verb)).toEqual([
      "indicator.record",
      "indicator.recordFigure",
      "indicator.recordFigure",
      "indicator.correctFigure",
      "indicator.withdrawFigure",
    ]);
  });

  test("are refused without a reason, beyond what the database keeps, and from elsewhere", async () => {
    const { id: indicatorId } = await addIndicator();
    const { id } = await recordFigure(manager, { indicatorId, ...figure() });
    const editor = await addActor("editor");
    const add = (over: Record<string, unknown>) => () => recordFigure(manager, { indicatorId, ...figure(over) });
    const refusals: [() => Promise<unknown>, object][] = [
      [
        () => correctFigure(manager, { id, version: 1, ...figure(), reason: " " }),
        { fields: { reason: ["errors.text.empty"] } },
      ],
      [() => withdrawFigure(manager, { id, version: 1, reason: "" }), { fields: { reason: ["errors.text.empty"] } }],
      [add({ value: 0.12345 }), { fields: { value: ["errors.decimals"] } }],
      [add({ value: null }), { fields: { value: ["errors.number"] } }],
      [add({ paragraph: 11 }), { key: "errors.noSuchParagraph" }],
      [add({ sourceId: register.elsewhere.source }), { key: "errors.noSuchSource" }],
      [() => recordFigure(editor, { indicatorId, ...figure() }), { status: 403 }],
    ];
    for (const [refused, error] of refusals) await expect(refused()).rejects.toMatchObject(error);
    expect(await historyOf(indicatorId)).toHaveLength(2);
  });

  test("hold the unit that they are in", async () => {
    const { id, key } = await addIndicator();
    await recordFigure(manager, { indicatorId: id, ...figure() });
    const edited = { id, version: 1, name: text("Trade in goods"), direction: "decrease" };
    await expect(editIndicator(manager, { ...edited, unit: "VND" })).rejects.toMatchObject({
      fields: { unit: ["errors.unitInUse"] },
    });
    await editIndicator(manager, { ...edited, unit: "USD" });
    expect(await getIndicator(manager, portfolioId, key)).toMatchObject({ direction: "decrease", version: 2 });
  });
});

describe("a target", () => {
  test("makes its indicator measure the record, and is in both histories until it is withdrawn", async () => {
    const { id: indicatorId, key } = await addIndicator();
    const { id: commitmentId, reference } = await addRecord();
    const { id } = await recordTarget(manager, { indicatorId, commitmentId, ...goal() });
    expect(await stored(commitmentId)).toMatchObject({ version: 2 });
    expect((await getRecordById(manager, commitmentId))?.indicators).toMatchObject([
      { key, target: { value: 5e9, latest: "2030-12-31" } },
    ]);
    const indicator = await getIndicator(manager, portfolioId, key);
    if (!indicator) throw new Error("no indicator");
    expect(await getTarget(manager, indicator, id)).toMatchObject({ version: 1, commitment: { reference } });
    await correctTarget(manager, { id, version: 1, ...goal({ value: 6e9, edtf: "2031" }), reason: "Agreed anew." });
    expect((await getRecordById(manager, commitmentId))?.indicators[0]?.target).toMatchObject({ latest: "2031-12-31" });
    await withdrawTarget(manager, { id, version: 2, reason: "Nobody promised it." });
    expect((await getIndicator(manager, portfolioId, key))?.targets).toEqual([]);
    const told = { value: 6e9, edtf: "2031", source: "paper", paragraph: 9 };
    for (const [subject, of] of [
      [indicatorId, { commitment: reference }],
      [commitmentId, { indicator: key }],
    ] as const) {
      const entries = (await historyOf(subject)).slice(-3);
      expect(entries).toMatchObject([
        { verb: "indicator.recordTarget", changes: { target: [null, { value: 5e9, ...of }] } },
        {
          verb: "indicator.correctTarget",
          changes: {
            target: [
              { value: 5e9, ...of },
              { ...told, ...of },
            ],
          },
        },
        {
          verb: "indicator.withdrawTarget",
          changes: { target: [{ ...told, ...of }, null], reason: [null, "Nobody promised it."] },
        },
      ]);
    }
    expect(await stored(commitmentId)).toMatchObject({ version: 4 });
  });

  test("is one for each record, also of two who set it at once", async () => {
    const { id: indicatorId } = await addIndicator();
    const { id: commitmentId } = await addRecord();
    const set = () => recordTarget(manager, { indicatorId, commitmentId, ...goal() });
    const both = await Promise.allSettled([set(), set()]);
    const refused = both.flatMap((each) => (each.status === "rejected" ? [each.reason.key] : []));
    expect(refused).toEqual(["errors.targetTaken"]);
    expect(await stored(commitmentId)).toMatchObject({ version: 2 });
  });
});
