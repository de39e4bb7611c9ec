import { expect, test } from "vitest";
import { ConfirmFirst, Forbidden, InvalidInput } from "#lib/errors.ts";
import { disablePerson } from "#lib/people/commands.ts";
import { getBelongings, handOver } from "#lib/people/handing-over.ts";
import { saveView } from "#lib/views/commands.ts";
import { actorFrom, addActor, addPerson, later, newEmail } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything, writing } from "#tests/support/everything.ts";

testDatabase({ catalogue: true });

/** Somebody who answers for three records, a view, a rule, a template and a schedule. */
async function busyPerson() {
  const person = await addActor("manager");
  const ids = await everything<
    { id: string }[]
  >`SELECT id FROM commitment WHERE owner_id IS NULL ORDER BY number LIMIT 3`;
  await writing((tx) =>
    tx.commitment.updateMany({ where: { id: { in: ids.map(({ id }) => id) } }, data: { ownerId: person.id } }),
  );
  await saveView(person.actor, { portfolioId: "viet-nam-laos", name: "Mine", query: "form=pledge", shared: false });
  await writing(async (tx) => {
    const { id } = await tx.reminderRule.findFirstOrThrow();
    await tx.reminderRule.update({ where: { id }, data: { personId: person.id } });
  });
  const one = { portfolioId: "viet-nam-laos", ownerId: person.id, name: newEmail(), request: {} };
  await writing((tx) => tx.reportTemplate.create({ data: one }));
  const [every] = await everything<
    { value: "monthly" }[]
  >`SELECT unnest(enum_range(NULL::"ReportEvery"))::text AS value`;
  const timing = { every: every?.value as never, hour: 8 };
  const schedule = { ...one, ...timing, formats: ["pdf"], personIds: [person.id], addresses: [] };
  await writing((tx) => tx.reportSchedule.create({ data: schedule }));
  return { ...person, records: ids.map(({ id }) => id) };
}

test("all that a leaving person answers for goes to one other, in one batch, and they are out", async () => {
  const [{ actor: admin }, leaving, to] = [await addActor("admin"), await busyPerson(), await addActor("manager")];
  await saveView(to.actor, { portfolioId: "viet-nam-laos", name: "Mine", query: "form=target", shared: false });
  const before = await getBelongings(admin, leaving.id);
  expect(before).toMatchObject({ commitments: 3, views: 1, rules: 1, templates: 1, schedules: 1 });
  await handOver(admin, { id: leaving.id, email: to.email });
  expect(await getBelongings(admin, leaving.id)).toMatchObject({
    commitments: 0,
    views: 0,
    rules: 0,
    templates: 0,
    schedules: 0,
  });
  expect(await getBelongings(admin, to.id)).toMatchObject({
    commitments: 3,
    views: 2,
    rules: 1,
    templates: 1,
    schedules: 1,
  });
  await expect(actorFrom(leaving.secret)).rejects.toThrow();
  const events = await everything<{ verb: string; subjectType: string; batchId: string | null }[]>`
    SELECT verb, subject_type AS "subjectType", batch_id AS "batchId" FROM audit_event
    WHERE batch_id = (SELECT batch_id FROM audit_event WHERE verb = 'person.handOver' LIMIT 1) ORDER BY id`;
  expect(events.map(({ subjectType }) => subjectType).sort()).toEqual(
    ["commitment", "commitment", "commitment", "person", "person", "rule", "schedule", "template", "view"].sort(),
  );
  expect(events.filter(({ verb }) => verb === "commitment.assignOwner")).toHaveLength(3);
});

test("only admins, having shown who they are, to somebody who can sign in; else nothing is changed", async () => {
  const [{ actor: admin, id: adminId, email }, leaving, to] = [
    await addActor("admin"),
    await busyPerson(),
    await addPerson(),
  ];
  const { actor: manager } = await addActor("manager");
  const { actor: old } = await addActor("admin", later(new Date(), -1 / 3));
  const input = { id: leaving.id, email: to.email };
  await expect(handOver(manager, input)).rejects.toThrow(Forbidden);
  await expect(handOver(old, input)).rejects.toThrow(ConfirmFirst);
  await expect(handOver(admin, { id: adminId, email: to.email })).rejects.toThrow(Forbidden);
  await expect(getBelongings(manager, leaving.id)).rejects.toThrow(Forbidden);
  await disablePerson(admin, { id: to.id });
  for (const whose of [to.email, leaving.email, newEmail(), "x"]) {
    await expect(handOver(admin, { id: leaving.id, email: whose })).rejects.toThrow(InvalidInput);
  }
  expect(await getBelongings(admin, leaving.id)).toMatchObject({ commitments: 3 });
  await handOver(admin, { id: leaving.id, email });
});

test.each(["commitments", "views", "rules", "templates", "schedules"] as const)(
  "%s go to nobody who is no member of their portfolio",
  async (kind) => {
    const [{ actor: admin, email }, leaving, to] = [await addActor("admin"), await busyPerson(), await addPerson()];
    await writing(async (tx) => {
      await tx.membership.deleteMany({ where: { personId: to.id } });
      const [theirs, nobody] = [{ where: { ownerId: leaving.id } }, { data: { ownerId: null } }];
      if (kind !== "commitments") await tx.commitment.updateMany({ ...theirs, ...nobody });
      if (kind !== "views") await tx.savedView.deleteMany(theirs);
      if (kind !== "rules")
        await tx.reminderRule.updateMany({ where: { personId: leaving.id }, data: { personId: null } });
      if (kind !== "templates") await tx.reportTemplate.deleteMany(theirs);
      if (kind !== "schedules") await tx.reportSchedule.deleteMany(theirs);
      // To get a report is theirs, too.
      else await tx.reportSchedule.updateMany({ ...theirs, data: { ownerId: to.id } });
    });
    const refused = { fields: { email: ["people.errors.notMember"] } };
    await expect(handOver(admin, { id: leaving.id, email: to.email })).rejects.toMatchObject(refused);
    await handOver(admin, { id: leaving.id, email });
    expect(await getBelongings(admin, leaving.id)).toMatchObject({ [kind]: 0 });
  },
);
