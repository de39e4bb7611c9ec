import { beforeAll, describe, expect, test } from "vitest";
import { editParty, recordParty, recordPlace, recordSector } from "#lib/parties/commands.ts";
import { listParties, listPlaces, listSectors } from "#lib/parties/queries.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { addActor, historyOf, makeRegister, system, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

beforeAll(async () => {
  await makeRegister();
}, 60_000);

const party = {
  id: "gia-lai",
  kind: "province",
  name: text("Gia Lai"),
  aliases: ["Gia-Lai"],
  parentId: "viet-nam",
  iso: "VN-30",
  side: "vn",
};
const place = { id: "ha-noi", name: text("Ha Noi"), aliases: ["Hanoi"], iso: "VN-HN", country: "vn" };
const sector = { id: "energy", name: text("Energy"), dac: ["23110"], position: 3 };

describe("what records refer to", () => {
  test("is entered once, with its names, and in the history", async () => {
    const manager = await addActor("manager");
    await recordParty(manager, party);
    await recordPlace(manager, place);
    await recordSector(manager, sector);
    expect(await listParties(manager)).toContainEqual({ ...party, version: 1 });
    expect(await listPlaces(manager)).toContainEqual({ ...place, version: 1 });
    expect((await listSectors(manager)).map(({ id }) => id)).toEqual(["health", "trade", "energy"]);
    expect(await historyOf("gia-lai")).toMatchObject([
      { verb: "party.record", actorId: manager.id, changes: { iso: [null, "VN-30"] } },
    ]);
    for (const [record, input] of [
      [recordParty, party],
      [recordPlace, place],
      [recordSector, sector],
    ] as const) {
      await expect(record(manager, input)).rejects.toMatchObject({ key: "errors.keyTaken" });
    }
  });

  test("is refused with what it can't be", async () => {
    const orphan = recordParty(system, { ...party, id: "orphan", name: text("Orphan"), parentId: "nobody" });
    await expect(orphan).rejects.toMatchObject({ key: "errors.noSuchParty" });
    const codes = recordParty(system, { ...party, id: "codes", iso: "Vietnam", side: "both" });
    await expect(codes).rejects.toMatchObject({ fields: { iso: ["errors.iso"], side: ["errors.iso"] } });
    await expect(recordSector(system, { ...sector, id: "dac", dac: ["1"] })).rejects.toMatchObject({ status: 422 });
  });

  test("is entered by managers; portfolios only by admins", async () => {
    for (const role of ["viewer", "editor"] as const) {
      const actor = await addActor(role);
      await expect(recordParty(actor, party)).rejects.toMatchObject({ status: 403 });
      await expect(recordPlace(actor, place)).rejects.toMatchObject({ status: 403 });
      await expect(recordSector(actor, sector)).rejects.toMatchObject({ status: 403 });
    }
    const portfolio = { id: "mine", name: text("Mine"), prefix: "MINE" };
    await expect(recordPortfolio(await addActor("manager"), portfolio)).rejects.toMatchObject({ status: 403 });
    await expect(recordPortfolio(system, { ...portfolio, prefix: "m" })).rejects.toMatchObject({ status: 422 });
  });
});

test("no party is a part of itself, and no two of one side have one name", async () => {
  const manager = await addActor("manager");
  const of = (name: string, parentId: string | null) =>
    recordParty(manager, { kind: "other", name: text(name), aliases: [], parentId, iso: null, side: "la" });
  const { id: upper } = await of("An upper body", "laos");
  const { id: lower } = await of("A lower body", upper);
  const edited = { kind: "other", aliases: [], iso: null, side: "la" };
  const above = (parentId: string | null) =>
    editParty(manager, { id: upper, version: 1, name: text("An upper body"), ...edited, parentId });
  await expect(above(lower)).rejects.toMatchObject({ fields: { parentId: ["errors.circle"] } });
  await expect(above(upper)).rejects.toMatchObject({ fields: { parentId: ["errors.circle"] } });
  await expect(above("nobody")).rejects.toMatchObject({ key: "errors.noSuchParty" });
  await expect(of("a LOWER body", null)).rejects.toMatchObject({ fields: { name: ["errors.nameTaken"] } });
  const renamed = { id: upper, version: 1, name: text("A lower body"), ...edited, parentId: null };
  await expect(editParty(manager, renamed)).rejects.toMatchObject({ fields: { name: ["errors.nameTaken"] } });
  expect(await editParty(manager, { ...renamed, side: "vn" })).toEqual({ id: upper, version: 2 });
});
