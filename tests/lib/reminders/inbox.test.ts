import { beforeAll, describe, expect, test } from "vitest";
import { InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import {
  countUnread,
  inboxPage,
  listInbox,
  markAllRead,
  markDone,
  markRead,
  restore,
  snoozeItem,
} from "#lib/reminders/inbox.ts";
import { getRecordWatch } from "#lib/reminders/watching.ts";
import { addActor, addRecord, historyOf, makeRegister, portfolioId, system } from "#tests/lib/commitments/register.ts";
import { addReminder, reminderOf } from "#tests/lib/reminders/people.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();
const records: { id: string; reference: string }[] = [];
beforeAll(async () => {
  await makeRegister();
  for (let n = 0; n < 4; n++) records.push(await addRecord());
});

const record = (n: number) => {
  const found = records[n];
  if (!found) throw new Error("no such record");
  return found;
};
const minutes = (n: number) => new Date(Date.UTC(2026, 10, 21, 1, n));

describe("the inbox", () => {
  test("has a record once, by its most urgent reminder, grouped as in letters, the newest first", async () => {
    const actor = await addActor("editor");
    const of = (n: number) => ({ personId: actor.id, commitmentId: record(n).id });
    await addReminder({ ...of(0), topic: "attention", createdAt: minutes(9) });
    await addReminder({ ...of(1), topic: "due_soon", createdAt: minutes(1) });
    await addReminder({ ...of(1), topic: "overdue", createdAt: minutes(2) });
    await addReminder({ ...of(2), topic: "stale", createdAt: minutes(3) });
    await addReminder({ ...of(3), topic: "overdue", createdAt: minutes(4) });
    const list = await addReminder({ personId: actor.id, topic: "attention", about: { kind: "gap" } });
    const { items, next } = await listInbox(actor);
    expect(next).toBeNull();
    expect(items.map(({ topic, record, reminders }) => [topic, record?.reference, reminders.length])).toEqual([
      ["overdue", record(3).reference, 1],
      ["overdue", record(1).reference, 2],
      ["stale", record(2).reference, 1],
      ["attention", undefined, 1],
      ["attention", record(0).reference, 1],
    ]);
    expect(items[3]?.key).toBe(list);
    expect(items[1]?.reminders.map(({ topic }) => topic)).toEqual(["overdue", "due_soon"]);
    expect(await countUnread(actor)).toBe(5);
  });

  test("has neither what is for mails alone, nor what was dropped, nor what is others'", async () => {
    const [actor, other] = [await addActor("viewer"), await addActor("admin")];
    await addReminder({ personId: actor.id, commitmentId: record(0).id, inApp: false });
    await addReminder({ personId: other.id, commitmentId: record(0).id });
    expect((await listInbox(actor)).items).toEqual([]);
    expect(await countUnread(actor)).toBe(0);
    expect(await countUnread(system)).toBe(0);
  });

  test("goes on page by page, each item once", async () => {
    const actor = await addActor("viewer");
    const topics = ["attention", "overdue", "due_soon"] as const;
    for (let n = 0; n < inboxPage + 20; n++) {
      await addReminder({ personId: actor.id, topic: topics[n % 3], createdAt: minutes(n % 7) });
    }
    const first = await listInbox(actor);
    const second = await listInbox(actor, first.next ?? "");
    expect([first.items.length, second.items.length, second.next]).toEqual([inboxPage, 20, null]);
    const keys = [...first.items, ...second.items].map(({ key }) => key);
    expect(new Set(keys).size).toBe(inboxPage + 20);
    expect((await listInbox(actor, "nonsense")).items).toEqual(first.items);
    for (const made of [["overdue", "2026-99-99 00:00:00+00", record(0).id], ["x"], { a: 1 }])
      await listInbox(actor, Buffer.from(JSON.stringify(made)).toString("base64url"));
  });

  test("shows five reminders of a record and counts the rest", async () => {
    const actor = await addActor("viewer");
    for (let n = 0; n < 8; n++)
      await addReminder({ personId: actor.id, commitmentId: record(0).id, createdAt: minutes(n) });
    const [item] = (await listInbox(actor)).items;
    expect([item?.reminders.length, item?.more]).toEqual([5, 3]);
  });
});

describe("reading and being done", () => {
  test("all reminders of the record, until there is something new; nothing of it is history", async () => {
    const actor = await addActor("viewer");
    const which = { commitmentId: record(0).id };
    const [a, b] = [
      await addReminder({ personId: actor.id, ...which }),
      await addReminder({ personId: actor.id, ...which }),
    ];
    expect(await getRecordWatch(actor, portfolioId, record(0).reference, "2026-11-21")).toMatchObject({ unread: true });
    expect(await markRead(actor, which)).toEqual({ read: 2 });
    expect(await markRead(actor, which)).toEqual({ read: 0 });
    expect(await countUnread(actor)).toBe(0);
    const { ids } = await markDone(actor, which);
    expect([...ids].sort()).toEqual([a, b].sort());
    expect((await listInbox(actor)).items).toEqual([]);
    await addReminder({ personId: actor.id, ...which, topic: "overdue" });
    expect((await listInbox(actor)).items).toMatchObject([{ topic: "overdue", unread: true, reminders: [{}] }]);
    await restore(actor, { ids, snoozed: null });
    expect((await listInbox(actor)).items).toMatchObject([{ reminders: [{}, {}, {}] }]);
    expect(await historyOf(actor.id)).toEqual([]);
  });

  test("a list by its own id; all at once", async () => {
    const actor = await addActor("viewer");
    const id = await addReminder({ personId: actor.id });
    await markRead(actor, { reminderId: id });
    expect(await reminderOf(id)).toEqual({ read: true, done: false });
    await addReminder({ personId: actor.id, commitmentId: record(1).id });
    expect(await markAllRead(actor, {})).toEqual({ read: 1 });
    expect((await markDone(actor, { reminderId: id })).ids).toEqual([id]);
  });

  test("snoozing puts the record off until the day, and comes back whole", async () => {
    const actor = await addActor("viewer");
    const which = { commitmentId: record(2).id };
    const id = await addReminder({ personId: actor.id, ...which });
    const now = new Date("2026-11-21T03:00:00Z");
    await expect(snoozeItem(actor, { ...which, until: "2026-11-20" }, { now })).rejects.toThrow(RuleBroken);
    expect(await reminderOf(id)).toEqual({ read: false, done: false });
    const { ids } = await snoozeItem(actor, { ...which, until: "2026-12-01" }, { now });
    expect(ids).toEqual([id]);
    const state = () => getRecordWatch(actor, portfolioId, record(2).reference, "2026-11-21");
    expect(await state()).toMatchObject({ mute: { until: "2026-12-01" } });
    await restore(actor, { ids, snoozed: record(2).id }, { now });
    expect(await state()).toMatchObject({ mute: null });
    expect((await listInbox(actor)).items).toHaveLength(1);
    expect((await historyOf(actor.id)).map(({ verb }) => verb)).toEqual(["mute.snooze", "mute.end"]);
  });

  test("nobody touches what is another's", async () => {
    const [actor, other] = [await addActor("viewer"), await addActor("admin")];
    const id = await addReminder({ personId: actor.id });
    await markRead(other, { reminderId: id });
    expect((await markDone(other, { reminderId: id })).ids).toEqual([]);
    expect(await reminderOf(id)).toEqual({ read: false, done: false });
    await markDone(actor, { reminderId: id });
    await restore(other, { ids: [id], snoozed: null });
    expect((await reminderOf(id)).done).toBe(true);
    await expect(markAllRead(system, {})).rejects.toThrow(NotFound);
    await expect(markRead(system, { reminderId: id })).rejects.toThrow(NotFound);
    await expect(markRead(actor, { reminderId: id, personId: other.id })).rejects.toThrow(InvalidInput);
  });
});
