import { beforeAll, describe, expect, test } from "vitest";
import { Forbidden, InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import {
  getRecordWatch,
  listOwnWatches,
  mute,
  snooze,
  unmute,
  unwatch,
  watchedViewsMost,
  watchRecord,
  watchView,
} from "#lib/reminders/watching.ts";
import { saveView, viewsMost } from "#lib/views/commands.ts";
import { listViews } from "#lib/views/queries.ts";
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

testDatabase();
let record: { id: string; reference: string };
beforeAll(async () => {
  await makeRegister();
  record = await addRecord();
});

const today = "2026-11-21";
const now = new Date("2026-11-21T03:00:00Z");
const at = { now };
const stateOf = (actor: Awaited<ReturnType<typeof addActor>>) =>
  getRecordWatch(actor, portfolioId, record.reference, today);
const verbsOf = async (id: string) => (await historyOf(id)).map(({ verb }) => verb);

describe("watching", () => {
  test("a record, by any role, once, and no longer", async () => {
    for (const role of ["viewer", "editor", "manager", "admin"] as const) {
      const actor = await addActor(role);
      await watchRecord(actor, { commitmentId: record.id });
      await watchRecord(actor, { commitmentId: record.id });
      expect(await stateOf(actor)).toMatchObject({ watching: true, mute: null });
      expect((await listOwnWatches(actor, today)).records).toMatchObject([{ reference: record.reference }]);
      await unwatch(actor, { commitmentId: record.id });
      expect(await stateOf(actor)).toMatchObject({ watching: false });
      expect(await verbsOf(actor.id)).toEqual(["watch.record", "watch.end"]);
      await expect(unwatch(actor, { commitmentId: record.id })).rejects.toThrow(NotFound);
    }
  });

  test("as many views as one person can, and no more", async () => {
    const actor = await addActor("viewer");
    for (let at = 0; at <= viewsMost; at++) {
      const saved = saveView(actor, { portfolioId, name: `View ${at}`, query: "", shared: false });
      if (at === viewsMost) await expect(saved).rejects.toThrow("views.errors.tooMany");
      else if (at < watchedViewsMost) await watchView(actor, { viewId: (await saved).id });
      else await expect(watchView(actor, { viewId: (await saved).id })).rejects.toThrow("watching.errors.tooMany");
    }
  });

  test("a view: one's own or a shared one, never somebody else's own", async () => {
    const [owner, other] = [await addActor("editor"), await addActor("viewer")];
    const save = (name: string, shared: boolean) =>
      saveView(owner, { portfolioId, name, query: "form=pledge", shared });
    const [own, shared] = [await save("Own", false), await save("Shared", true)];
    await watchView(owner, { viewId: own.id });
    await watchView(other, { viewId: shared.id });
    await expect(watchView(other, { viewId: own.id })).rejects.toThrow(NotFound);
    expect((await listViews(other, portfolioId)).filter((view) => view.watching)).toMatchObject([{ id: shared.id }]);
    expect((await listOwnWatches(owner, today)).views).toMatchObject([{ name: "Own", query: "form=pledge" }]);
    await unwatch(other, { viewId: shared.id });
    expect((await listOwnWatches(other, today)).views).toEqual([]);
  });

  test("nothing that is not there, nothing for nobody, and nothing of others", async () => {
    const [actor, other] = [await addActor("viewer"), await addActor("admin")];
    await expect(watchRecord(actor, { commitmentId: nobody })).rejects.toThrow(NotFound);
    await expect(watchRecord(actor, { commitmentId: "x" })).rejects.toThrow(InvalidInput);
    await expect(watchRecord(system, { commitmentId: record.id })).rejects.toThrow(Forbidden);
    await watchRecord(actor, { commitmentId: record.id });
    await expect(unwatch(other, { commitmentId: record.id })).rejects.toThrow(NotFound);
    await expect(unwatch(actor, { commitmentId: record.id, personId: other.id })).rejects.toThrow(InvalidInput);
    expect(await getRecordWatch(system, portfolioId, record.reference, today)).toBeNull();
    expect(await getRecordWatch(actor, portfolioId, "no reference", today)).toBeNull();
  });
});

describe("silence", () => {
  test("for good, until a day, and no longer; watching again ends it", async () => {
    const actor = await addActor("viewer");
    await mute(actor, { commitmentId: record.id }, at);
    await mute(actor, { commitmentId: record.id }, at);
    expect(await stateOf(actor)).toMatchObject({ mute: { until: null } });
    await snooze(actor, { commitmentId: record.id, until: "2026-12-01" }, at);
    expect(await stateOf(actor)).toMatchObject({ mute: { until: "2026-12-01" } });
    expect((await listOwnWatches(actor, today)).muted).toMatchObject([{ until: "2026-12-01" }]);
    expect((await listOwnWatches(actor, "2026-12-01")).muted).toEqual([]);
    await unmute(actor, { commitmentId: record.id }, at);
    await expect(unmute(actor, { commitmentId: record.id }, at)).rejects.toThrow(NotFound);
    await mute(actor, { commitmentId: record.id }, at);
    await watchRecord(actor, { commitmentId: record.id }, at);
    expect(await stateOf(actor)).toMatchObject({ watching: true, mute: null });
    expect(await verbsOf(actor.id)).toEqual(["mute.set", "mute.snooze", "mute.end", "mute.set", "watch.record"]);
    expect((await historyOf(actor.id))[1]?.changes).toEqual({
      mute: [
        { commitmentId: record.id, until: null },
        { commitmentId: record.id, until: "2026-12-01" },
      ],
    });
  });

  test("is one's own alone", async () => {
    const [actor, other] = [await addActor("editor"), await addActor("manager")];
    await mute(actor, { commitmentId: record.id });
    expect(await stateOf(other)).toMatchObject({ mute: null });
    await expect(unmute(other, { commitmentId: record.id })).rejects.toThrow(NotFound);
    await expect(mute(system, { commitmentId: record.id })).rejects.toThrow(Forbidden);
    await expect(mute(actor, { commitmentId: nobody })).rejects.toThrow(NotFound);
  });

  test("until a day to come, where the person is", async () => {
    const actor = await addActor("viewer");
    const until = (day: string) => snooze(actor, { commitmentId: record.id, until: day }, at);
    await expect(until("2026-11-21")).rejects.toThrow(RuleBroken);
    await expect(until("2030-01-01")).rejects.toThrow(RuleBroken);
    await expect(until("2026-02-30")).rejects.toThrow(InvalidInput);
    await until("2026-11-22");
    // In Ha Noi the day is over at 17:00 UTC.
    const late = { now: new Date("2026-11-21T17:00:00Z") };
    await expect(snooze(actor, { commitmentId: record.id, until: "2026-11-22" }, late)).rejects.toThrow(RuleBroken);
  });
});
