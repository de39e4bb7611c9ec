import { beforeAll, describe, expect, test } from "vitest";
import { deleteTemplate, renameTemplate, saveTemplate } from "#lib/reports/own.ts";
import { listTemplates } from "#lib/reports/own-list.ts";
import { addActor, historyOf, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let manager: Awaited<ReturnType<typeof addActor>>;

beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
});

const request = {
  template: "scorecard",
  locale: "lo",
  scope: "sort=-title&strength=pledge",
  sections: ["laos", "summary"],
};
const save = (name: string, over = {}) =>
  saveTemplate(manager, { portfolioId, name, request: { ...request, ...over } });

describe("a template of a register's own", () => {
  test("keeps what was asked for, in its normal spelling, for everybody", async () => {
    const { id } = await save("Firm ones");
    const viewer = await addActor("viewer");
    const [kept] = await listTemplates(viewer, portfolioId);
    expect(kept).toMatchObject({ id, name: "Firm ones", version: 1, owner: manager.name });
    expect(kept?.request).toMatchObject({ scope: "strength=pledge", day: null, sections: ["laos", "summary"] });
    expect(await listTemplates(viewer, "other-register")).toEqual([]);
  });

  test("is renamed and deleted, with its history, and by who saw how it is", async () => {
    const { id } = await save("Old name");
    expect(await renameTemplate(manager, { id, version: 1, name: "New name" })).toMatchObject({ version: 2 });
    await expect(renameTemplate(manager, { id, version: 1, name: "Other" })).rejects.toMatchObject({
      ...{ status: 409, version: 2, theirs: { name: "New name" } },
    });
    await expect(deleteTemplate(manager, { id, version: 1 })).rejects.toMatchObject({ status: 409 });
    await deleteTemplate(manager, { id, version: 2 });
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual([
      "template.save",
      "template.rename",
      "template.delete",
    ]);
  });

  test("has a name of its own", async () => {
    const { id } = await save("Twice");
    await expect(save("Twice")).rejects.toMatchObject({ key: "reports.errors.name" });
    await save("Another");
    await expect(renameTemplate(manager, { id, version: 1, name: "Another" })).rejects.toMatchObject({
      key: "reports.errors.name",
    });
  });

  test("is kept by managers alone", async () => {
    const { id } = await save("Of managers");
    for (const role of ["viewer", "editor"] as const) {
      const actor = await addActor(role);
      const refused = { status: 403 };
      await expect(saveTemplate(actor, { portfolioId, name: "x", request })).rejects.toMatchObject(refused);
      await expect(renameTemplate(actor, { id, version: 1, name: "x" })).rejects.toMatchObject(refused);
      await expect(deleteTemplate(actor, { id, version: 1 })).rejects.toMatchObject(refused);
    }
  });

  test("that makes no sense is refused", async () => {
    for (const over of [{ template: "none" }, { locale: "fr" }, { period: { kind: "months", months: 0 } }, { more: 1 }])
      await expect(save("x", over)).rejects.toMatchObject({ status: 422 });
    await expect(save(" ")).rejects.toMatchObject({ fields: { name: ["errors.text.empty"] } });
  });
});
