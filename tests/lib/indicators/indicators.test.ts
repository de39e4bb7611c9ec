import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { getIndicator, listIndicators } from "#lib/indicators/queries.ts";
import { recordTarget } from "#lib/indicators/targets.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  portfolioId,
  type Register,
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

const figure = (over: Record<string, unknown> = {}) => ({
  value: 241,
  qualifier: "exact",
  kind: null,
  phrase: null,
  edtf: "2024",
  inferred: null,
  sourceId: register.source,
  paragraph: 3,
  note: null,
  ...over,
});
let count = 0;
const indicator = (over: Record<string, unknown> = {}) => ({
  portfolioId,
  key: `projects-${++count}`,
  name: text("Projects"),
  unit: "projects",
  direction: "increase",
  observations: [],
  ...over,
});

describe("an indicator", () => {
  test("keeps every figure as it is stated, oldest first, the undated at the end", async () => {
    const inferred = text("The paper's own date.");
    const { id } = await recordIndicator(manager, {
      ...indicator({ key: "kept" }),
      observations: [
        figure({ value: 200_000_000, qualifier: "average", kind: "per_year", phrase: "per year", edtf: null }),
        figure({ value: 267, edtf: "2025-12~", inferred, note: text("With licences.") }),
        figure({ value: 0.1234 }),
      ],
    });
    const kept = await getIndicator(manager, portfolioId, "kept");
    expect(kept?.observations).toMatchObject([
      { value: 0.1234, latest: "2024-12-31", sourceKey: "paper", paragraph: 3 },
      { value: 267, earliest: "2025-12-01", latest: "2025-12-31", inferred, note: text("With licences.") },
      { value: 200_000_000, qualifier: "average", kind: "per_year", phrase: "per year", latest: null },
    ]);
    expect(kept?.sources).toEqual({ paper: text("A paper") });
    expect(await historyOf(id)).toMatchObject([{ verb: "indicator.record" }]);
  });

  test("has the targets and the commitments that name it", async () => {
    const { id: indicatorId } = await recordIndicator(manager, indicator({ key: "promised" }));
    const record = await addRecord({ indicatorIds: [indicatorId] });
    const target = { value: 5e9, phrase: "by 2030", edtf: "2030", sourceId: register.source, paragraph: 9 };
    await recordTarget(manager, { indicatorId, commitmentId: record.id, ...target });
    expect(await getIndicator(manager, portfolioId, "promised")).toMatchObject({
      targets: [
        {
          value: 5e9,
          phrase: "by 2030",
          edtf: "2030",
          latest: "2030-12-31",
          commitment: { reference: record.reference },
        },
      ],
      commitments: [{ reference: record.reference }],
    });
    const again = recordTarget(manager, { indicatorId, commitmentId: record.id, ...target, value: 6e9 });
    await expect(again).rejects.toMatchObject({ key: "errors.targetTaken" });
    expect(await historyOf(indicatorId)).toMatchObject([
      {},
      { verb: "indicator.recordTarget", changes: { target: [null, { value: 5e9, commitment: record.reference }] } },
    ]);
  });

  test("and its target belong to one portfolio", async () => {
    const { id: indicatorId } = await recordIndicator(manager, indicator());
    const stranger = await addRecord({ portfolioId: "other-register" });
    const target = { indicatorId, commitmentId: stranger.id, value: 1, edtf: null, paragraph: 1 };
    const foreign = recordTarget(manager, { ...target, sourceId: register.source });
    await expect(foreign).rejects.toMatchObject({ key: "errors.noSuchRecord" });
    const own = await addRecord();
    const elsewhere = { ...target, commitmentId: own.id, sourceId: register.elsewhere.source };
    await expect(recordTarget(manager, elsewhere)).rejects.toMatchObject({ key: "errors.noSuchSource" });
  });

  test("is refused with what it can't be", async () => {
    const refusals: [Record<string, unknown>, Record<string, unknown>][] = [
      [{ key: "trade" }, { key: "errors.keyTaken" }],
      [{ unit: "bananas" }, { fields: { unit: ["errors.unit"] } }],
      [
        { observations: [figure({ qualifier: "maybe" })] },
        { fields: { "observations.0.qualifier": ["errors.choice"] } },
      ],
      [{ observations: [figure({ value: Number.NaN })] }, { status: 422 }],
      [{ observations: [figure({ paragraph: 11 })] }, { key: "errors.noSuchParagraph" }],
      [{ observations: [figure({ sourceId: register.elsewhere.source })] }, { key: "errors.noSuchSource" }],
      [{ portfolioId: "nowhere" }, { status: 404 }],
    ];
    for (const [over, refusal] of refusals) {
      await expect(recordIndicator(manager, indicator(over))).rejects.toMatchObject(refusal);
    }
    for (const role of ["viewer", "editor"] as const) {
      await expect(recordIndicator(await addActor(role), indicator())).rejects.toMatchObject({ status: 403 });
    }
  });

  test("is found in its own portfolio", async () => {
    const keys = (await listIndicators(manager, "other-register")).map(({ key }) => key);
    expect(keys).toEqual(["trade"]);
    expect(await getIndicator(manager, "other-register", "kept")).toBeNull();
  });
});
