import { beforeAll, describe, expect, test } from "vitest";
import { type Actor, actorOfFeed } from "#lib/actor.ts";
import { assignOwner, withdraw } from "#lib/commitments/commands.ts";
import { Forbidden, NotFound, RuleBroken } from "#lib/errors.ts";
import { createFeed, feedsMost, revokeFeed } from "#lib/feeds/commands.ts";
import { listDated, listOwnFeeds } from "#lib/feeds/queries.ts";
import { disablePerson } from "#lib/people/commands.ts";
import { watchRecord } from "#lib/reminders/watching.ts";
import { renameView, saveView } from "#lib/views/commands.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  nobody,
  portfolioId,
  system,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { writing } from "#tests/support/everything.ts";

testDatabase();
beforeAll(async () => {
  await makeRegister();
});

const today = "2026-11-21";
const dated = (edtf: string) => ({ deadline: { phrase: null, edtf, anchorId: null } });
const add = (over: Record<string, unknown> = dated("2026")) => addRecord(over);

async function shownBy(token: string): Promise<string[] | null> {
  const found = await actorOfFeed(token);
  if (!found) return null;
  return (await listDated(found.actor, found.feed, today)).map(({ id }) => id);
}

async function own(actor: Actor, id: string, version = 1) {
  return assignOwner(system, { id, version, ownerId: actor.id });
}

describe("a person's calendar", () => {
  test("has what they own or watch while it is open, and nothing of others", async () => {
    const [actor, other] = [await addActor("viewer"), await addActor("editor")];
    const [owned, watched, closed, theirs] = [await add(), await add(dated("2027")), await add(), await add()];
    await own(actor, owned.id);
    await watchRecord(actor, { commitmentId: watched.id });
    const { version } = await own(actor, closed.id);
    await own(other, theirs.id);
    const { token } = await createFeed(actor, { portfolioId, viewId: null });
    expect(await shownBy(token)).toEqual([owned.id, closed.id, watched.id]);
    await withdraw(system, { id: closed.id, version, reason: "off" });
    expect(await shownBy(token)).toEqual([owned.id, watched.id]);
  });

  test("has records without a deadline for the other dates that they have", async () => {
    const actor = await addActor("viewer");
    const undated = await addRecord({});
    const ending = await addRecord({
      form: "instrument",
      kind: "plan",
      instrument: {
        signed: null,
        inEffectFrom: null,
        ends: "2027",
        noticeDays: 30,
        binding: "no",
        textHeld: true,
        lifecycle: "signed",
      },
    });
    const milestones = [
      { title: { en: "Open", vi: "", lo: "" }, phrase: null, edtf: "2027", doneOn: null },
      { title: { en: "Done", vi: "", lo: "" }, phrase: null, edtf: "2026", doneOn: "2026-01-01" },
    ];
    const stepped = await addRecord({ milestones });
    for (const { id } of [undated, ending, stepped]) await watchRecord(actor, { commitmentId: id });
    const { token } = await createFeed(actor, { portfolioId, viewId: null });
    const found = await actorOfFeed(token);
    if (!found) throw new Error("no feed");
    const rows = await listDated(found.actor, found.feed, today);
    expect(rows.map(({ id }) => id).sort()).toEqual([ending.id, stepped.id].sort());
    expect(rows.find(({ id }) => id === ending.id)).toMatchObject({ endsLatest: "2027-12-31", noticeDays: 30 });
    expect(rows.find(({ id }) => id === stepped.id)?.milestones).toMatchObject([{ title: { en: "Open" } }]);
  });

  test("ends when it is revoked, with the person, and by nobody else", async () => {
    const [actor, other, admin] = [await addActor("editor"), await addActor("manager"), await addActor("admin")];
    const feed = await createFeed(actor, { portfolioId, viewId: null });
    const second = await createFeed(actor, { portfolioId, viewId: null });
    expect((await listOwnFeeds(actor)).map(({ id }) => id).sort()).toEqual([feed.id, second.id].sort());
    expect(await listOwnFeeds(other)).toEqual([]);
    await expect(revokeFeed(other, { id: feed.id })).rejects.toThrow(NotFound);
    await revokeFeed(actor, { id: feed.id });
    expect(await shownBy(feed.token)).toBeNull();
    await expect(revokeFeed(actor, { id: feed.id })).rejects.toThrow(NotFound);
    await revokeFeed(admin, { id: second.id });
    expect(await shownBy(second.token)).toBeNull();
    const third = await createFeed(actor, { portfolioId, viewId: null });
    expect(await shownBy(third.token)).toEqual([]);
    await disablePerson(admin, { id: actor.id });
    expect(await shownBy(third.token)).toBeNull();
  });

  test("is known by its digest alone, and told to the history without its secret", async () => {
    const actor = await addActor("viewer");
    const { id, token } = await createFeed(actor, { portfolioId, viewId: null });
    expect(token).toMatch(/^[\w-]{43}$/);
    const [history, row] = [
      await historyOf(actor.id),
      await writing((tx) => tx.calendarFeed.findUnique({ where: { id } })),
    ];
    expect(history).toMatchObject([{ verb: "feed.create", changes: { feed: [null, { id, portfolioId }] } }]);
    expect(JSON.stringify([history, row])).not.toContain(token);
    for (const forged of ["", "x", `${token}x`, "a".repeat(500), "ũ", "../x"])
      expect(await actorOfFeed(forged)).toBeNull();
  });

  test("is not for parts of the system, nor for portfolios and views that are not there, nor without limit", async () => {
    const actor = await addActor("viewer");
    await expect(createFeed(system, { portfolioId, viewId: null })).rejects.toThrow(Forbidden);
    await expect(createFeed(actor, { portfolioId: "nowhere", viewId: null })).rejects.toThrow(NotFound);
    await expect(createFeed(actor, { portfolioId, viewId: nobody })).rejects.toThrow(NotFound);
    for (let n = 0; n < feedsMost; n++) await createFeed(actor, { portfolioId, viewId: null });
    await expect(createFeed(actor, { portfolioId, viewId: null })).rejects.toThrow(RuleBroken);
  });
});

describe("a view's calendar", () => {
  test("has what the view shows, as whoever reads it sees it", async () => {
    const [owner, reader] = [await addActor("editor"), await addActor("viewer")];
    const [mine, theirs, other] = [await add(), await add(), await add()];
    await own(owner, mine.id);
    await own(reader, theirs.id);
    const view = await saveView(owner, { portfolioId, name: "Mine", query: "owner=me", shared: true });
    const [a, b] = [
      await createFeed(owner, { portfolioId, viewId: view.id }),
      await createFeed(reader, { portfolioId, viewId: view.id }),
    ];
    expect(await shownBy(a.token)).toEqual([mine.id]);
    expect(await shownBy(b.token)).toEqual([theirs.id]);
    expect([...((await shownBy(a.token)) ?? []), ...((await shownBy(b.token)) ?? [])]).not.toContain(other.id);
    // No longer shared: nobody else's any more.
    await renameView(owner, { ...view, name: "Mine", shared: false });
    expect(await shownBy(a.token)).toEqual([mine.id]);
    expect(await shownBy(b.token)).toBeNull();
    await expect(createFeed(reader, { portfolioId, viewId: view.id })).rejects.toThrow(NotFound);
  });
});
