import { beforeAll, describe, expect, test } from "vitest";
import { snoozeDays } from "#lib/reminders/days.ts";
import { getRecordPlan } from "#lib/reminders/record-plan.ts";
import { snooze } from "#lib/reminders/watching.ts";
import { addActor, addRecord, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { addReminder } from "#tests/lib/reminders/people.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();
beforeAll(async () => {
  await makeRegister();
});

const now = new Date("2026-11-21T03:00:00Z");

describe("what comes and what was sent of a record", () => {
  test("is told of oneself, and of everybody to those who manage", async () => {
    const [viewer, editor, manager] = [await addActor("viewer"), await addActor("editor"), await addActor("manager")];
    const { id, reference } = await addRecord();
    for (const person of [viewer, editor]) {
      await snooze(person, { commitmentId: id, until: "2026-12-01" }, { now });
      await addReminder({ personId: person.id, commitmentId: id });
    }
    const seenBy = async (person: typeof viewer) => {
      const plan = await getRecordPlan(person, portfolioId, reference, now);
      const told = ({ at, to, about }: NonNullable<typeof plan>["coming"][number]) => [
        about.kind,
        to,
        at.toISOString().slice(0, 10),
      ];
      return { coming: plan?.coming.map(told), sent: plan?.sent.map(({ to, dropped }) => [to, dropped]) };
    };
    expect(await seenBy(viewer)).toEqual({ coming: [["snooze", null, "2026-12-01"]], sent: [[null, false]] });
    const all = await seenBy(manager);
    expect(all.coming?.map(([, to]) => to).sort()).toEqual(["Test editor", "Test viewer"]);
    expect(all.sent?.map(([to]) => to).sort()).toEqual(["Test editor", "Test viewer"]);
  });

  test("is nothing for what is not there", async () => {
    const viewer = await addActor("viewer");
    expect(await getRecordPlan(viewer, portfolioId, "TST-999", now)).toBeNull();
    expect(await getRecordPlan(viewer, portfolioId, "no reference", now)).toBeNull();
    expect(await getRecordPlan(viewer, "nowhere", "TST-001", now)).toBeNull();
  });
});

test.each([
  ["2026-11-21", "2026-11-22", "2026-11-23"],
  ["2026-11-22", "2026-11-23", "2026-11-30"],
  ["2026-11-23", "2026-11-24", "2026-11-30"],
])("from %s something is put off until tomorrow, %s, or the Monday after that, %s", (today, tomorrow, monday) => {
  expect(snoozeDays(today)).toMatchObject({ tomorrow, monday });
});
