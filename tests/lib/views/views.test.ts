import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { Conflict, Forbidden, InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import { deleteView, renameView, saveView } from "#lib/views/commands.ts";
import { listViews } from "#lib/views/queries.ts";
import { addActor, historyOf, makeRegister, nobody, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

type Person = Actor & { id: string };
let [viewer, editor, other, admin]: Person[] = [];
let names = 0;

beforeAll(async () => {
  await makeRegister();
  [viewer, editor, other, admin] = [
    await addActor("viewer"),
    await addActor("editor"),
    await addActor("editor"),
    await addActor("admin"),
  ];
});

const who = (person: Person | undefined) => {
  if (!person) throw new Error("nobody");
  return person;
};
const save = (person: Person | undefined, over: Record<string, unknown> = {}) =>
  saveView(who(person), {
    portfolioId,
    name: `View ${++names}`,
    query: "status=limited&sort=-updated",
    shared: false,
    ...over,
  });
const seenBy = async (person: Person | undefined) => (await listViews(who(person), portfolioId)).map((view) => view.id);

describe("saving", () => {
  test("keeps the address in its normal spelling, without the place in the list, and says so in the history", async () => {
    const { id } = await save(editor, {
      name: " Mine ",
      query: "sort=-title&after=abc&status=limited&status=complete&x=1",
    });
    const [view] = (await listViews(who(editor), portfolioId)).filter((each) => each.id === id);
    expect(view).toMatchObject({
      name: "Mine",
      query: "status=limited,complete&sort=-title",
      shared: false,
      mine: true,
      version: 1,
    });
    expect(await historyOf(id)).toMatchObject([
      { verb: "view.save", changes: { created: [null, { name: "Mine", shared: false }] } },
    ]);
  });

  test("a private view is its owner's alone, a shared one everybody's", async () => {
    const [own, shared] = [await save(editor), await save(editor, { shared: true })];
    expect(await seenBy(editor)).toEqual(expect.arrayContaining([own.id, shared.id]));
    const others = await seenBy(other);
    expect(others).toContain(shared.id);
    expect(others).not.toContain(own.id);
  });

  test("a viewer keeps views but does not share them", async () => {
    await expect(save(viewer)).resolves.toMatchObject({ version: 1 });
    await expect(save(viewer, { shared: true })).rejects.toThrow(Forbidden);
  });

  test("refuses a name twice, an empty one, and a portfolio that is not there", async () => {
    await save(editor, { name: "Twice" });
    await expect(save(editor, { name: "Twice" })).rejects.toThrow(RuleBroken);
    await expect(save(other, { name: "Twice" })).resolves.toBeDefined();
    await expect(save(editor, { name: " " })).rejects.toThrow(InvalidInput);
    await expect(save(editor, { portfolioId: "nowhere" })).rejects.toThrow(NotFound);
  });

  test("of two that save one name at once, one is told", async () => {
    const results = await Promise.allSettled([save(editor, { name: "Race" }), save(editor, { name: "Race" })]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [lost] = results.filter((result) => result.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(RuleBroken);
  });
});

describe("renaming and deleting", () => {
  test("the owner renames and shares; what is the same writes nothing", async () => {
    const view = await save(editor);
    const named = await renameView(who(editor), { ...view, name: "Other name", shared: true });
    expect(named.version).toBe(2);
    expect(await renameView(who(editor), { ...named, name: "Other name", shared: true })).toEqual(named);
    expect((await historyOf(view.id)).map(({ verb, changes }) => [verb, Object.keys(changes)])).toEqual([
      ["view.save", ["created"]],
      ["view.rename", ["name", "shared"]],
    ]);
    await expect(renameView(who(editor), { ...view, name: "Stale", shared: true })).rejects.toThrow(Conflict);
  });

  test("others may not, but an admin deletes what is shared", async () => {
    const [own, shared] = [await save(editor), await save(editor, { shared: true })];
    await expect(renameView(who(other), { ...shared, name: "Stolen", shared: true })).rejects.toThrow(Forbidden);
    await expect(renameView(who(admin), { ...shared, name: "Stolen", shared: true })).rejects.toThrow(Forbidden);
    await expect(deleteView(who(other), shared)).rejects.toThrow(Forbidden);
    await expect(deleteView(who(admin), own)).rejects.toThrow(NotFound);
    await expect(deleteView(who(admin), { ...shared, version: 9 })).rejects.toThrow(Conflict);
    await deleteView(who(admin), shared);
    await deleteView(who(editor), own);
    expect(await seenBy(editor)).not.toEqual(expect.arrayContaining([own.id]));
    expect((await historyOf(own.id)).at(-1)).toMatchObject({ verb: "view.delete" });
    await expect(deleteView(who(admin), { id: nobody, version: 1 })).rejects.toThrow(NotFound);
  });
});
