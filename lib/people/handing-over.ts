import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { batch, type Change, type Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { assignOwner } from "#lib/commitments/commands.ts";
import { reading } from "#lib/db.ts";
import { Forbidden, InvalidInput } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";
import { disablePerson } from "./commands.ts";
import { checkConfirmed } from "./confirming.ts";
import { may } from "./policy.ts";
import { handOverInput } from "./schema.ts";

/** What a leaving person answers for goes to somebody else. */

/** How much somebody answers for. Reports that they wrote and progress that they reported stay theirs. */
type Belongings = { commitments: number; views: number; rules: number; templates: number; schedules: number };

/**
 * What would be handed over, and who could take it: some of those who can sign in, to choose from.
 * @throws Forbidden
 */
export async function getBelongings(
  actor: Actor,
  id: string,
): Promise<Belongings & { successors: { name: string; email: string }[] }> {
  if (!may(actor, "see")) throw new Forbidden();
  const [row] = await reading(actor)<(Belongings & { successors: { name: string; email: string }[] })[]>`
    SELECT (SELECT count(*)::int FROM commitment WHERE owner_id = p.id) AS commitments,
      (SELECT count(*)::int FROM saved_view WHERE owner_id = p.id) AS views,
      (SELECT count(*)::int FROM reminder_rule WHERE person_id = p.id OR escalate_person_id = p.id) AS rules,
      (SELECT count(*)::int FROM report_template WHERE owner_id = p.id) AS templates,
      (SELECT count(*)::int FROM report_schedule WHERE owner_id = p.id OR p.id = ANY (person_ids)) AS schedules,
      (SELECT coalesce(json_agg(json_build_object('name', s.name, 'email', s.email) ORDER BY s.name), '[]') FROM (
        SELECT name, email FROM person o WHERE o.id <> p.id AND o.disabled_at IS NULL AND o.demo = p.demo
        ORDER BY o.name LIMIT 300) s) AS successors
    FROM person p WHERE p.id = ${id}`;
  return row ?? { commitments: 0, views: 0, rules: 0, templates: 0, schedules: 0, successors: [] };
}

/** Disables a person, and gives all that they answer for to somebody else: one change, with each record in the history. */
export const handOver = command({
  verb: "person.handOver",
  input: handOverInput,
  load: async (context, { id }) => {
    checkConfirmed(context);
    return await context.tx.person.findUnique({ where: { id } });
  },
  allow: (actor, person) => may(actor, "handOver", person),
  run: async (context, person, { id, email }) => {
    const to = await context.tx.person.findUnique({ where: { email }, include: { memberships: true } });
    if (!to || to.disabledAt || to.id === id || to.demo !== person.demo) {
      throw new InvalidInput({ email: ["errors.noSuchPerson"] });
    }
    const together = batch(context);
    const records = await context.tx.commitment.findMany({
      where: { ownerId: id },
      select: { id: true, version: true, portfolioId: true },
    });
    const held = new Set(to.memberships.map(({ portfolioId }) => portfolioId));
    const given = [...records, ...(await restOf(context, id))];
    if (!to.admin && given.some(({ portfolioId }) => !held.has(portfolioId)))
      throw new InvalidInput({ email: ["people.errors.notMember"] });
    for (const { id: record, version } of records)
      await assignOwner.within(together, { id: record, version, ownerId: to.id });
    await handOverRest.within(together, { fromId: id, toId: to.id });
    await disablePerson.within(together, { id });
    return { changed: [], result: { name: to.name, commitments: records.length } };
  },
});

/** What is somebody's besides the commitments, as conditions. */
const belonging = (id: string) => ({
  owned: { where: { ownerId: id } },
  schedules: { where: { OR: [{ ownerId: id }, { personIds: { has: id } }] } },
  rules: { where: { OR: [{ personId: id }, { escalatePersonId: id }] } },
});

/** In which portfolios that is. */
async function restOf({ tx }: Context, id: string): Promise<{ portfolioId: string }[]> {
  const { owned, schedules, rules } = belonging(id);
  const select = { portfolioId: true };
  return [
    ...(await tx.savedView.findMany({ ...owned, select })),
    ...(await tx.reportTemplate.findMany({ ...owned, select })),
    ...(await tx.reportSchedule.findMany({ ...schedules, select })),
    ...(await tx.reminderRule.findMany({ ...rules, select })),
  ];
}

/** All but the commitments. It is called within handOver alone, which has asked what there is to ask. */
const handOverRest = command({
  verb: "person.handOver",
  input: z.strictObject({ fromId: uuid, toId: uuid }),
  load: async ({ tx }, { fromId, toId }) => {
    const [from, to] = [
      await tx.person.findUnique({ where: { id: fromId } }),
      await tx.person.findUnique({ where: { id: toId } }),
    ];
    return from && to && { from, to };
  },
  allow: (actor, { from }) => may(actor, "handOver", from),
  run: async ({ tx }, { from, to }) => {
    const owner = { owner: [from.name, to.name] } as const;
    const person = { person: [from.name, to.name] } as const;
    const given = { ownerId: to.id, version: { increment: 1 } };
    const { owned: whose, schedules, rules } = belonging(from.id);
    const changed: Change[] = [];

    for (const { id, portfolioId, name } of await tx.savedView.findMany(whose)) {
      const free = await freeName(name, from.name, async (taken) =>
        Boolean(await tx.savedView.findFirst({ where: { portfolioId, ownerId: to.id, name: taken } })),
      );
      await tx.savedView.update({ where: { id }, data: { ...given, name: free } });
      changed.push({
        type: "view",
        id,
        portfolioId,
        changes: { ...owner, ...(free !== name && { name: [name, free] }) },
      });
    }
    for (const { id, portfolioId } of await tx.reportTemplate.findMany(whose)) {
      await tx.reportTemplate.update({ where: { id }, data: given });
      changed.push({ type: "template", id, portfolioId, changes: owner });
    }
    for (const { id, portfolioId, ownerId, personIds } of await tx.reportSchedule.findMany(schedules)) {
      const receivers = [...new Set(personIds.map((each) => (each === from.id ? to.id : each)))];
      const owned = ownerId === from.id;
      await tx.reportSchedule.update({
        where: { id },
        data: { ownerId: owned ? to.id : ownerId, personIds: receivers, version: { increment: 1 } },
      });
      changed.push({ type: "schedule", id, portfolioId, changes: owned ? owner : person });
    }
    for (const { id, portfolioId, personId, escalatePersonId } of await tx.reminderRule.findMany(rules)) {
      await tx.reminderRule.update({
        where: { id },
        data: {
          personId: personId === from.id ? to.id : personId,
          escalatePersonId: escalatePersonId === from.id ? to.id : escalatePersonId,
          version: { increment: 1 },
        },
      });
      changed.push({ type: "rule", id, portfolioId, changes: person });
    }
    changed.push({ type: "person", id: from.id, portfolioId: null, changes: { handedOverTo: [null, to.name] } });
    return { changed, result: undefined };
  },
});

/** A name that is not taken: the present one, or with the name of whose it was. Names of views have at most 100 letters. */
async function freeName(name: string, whose: string, isTaken: (name: string) => Promise<boolean>): Promise<string> {
  for (let count = 0; ; count++) {
    const mark = count === 0 ? "" : ` (${whose.slice(0, 40)}${count === 1 ? "" : ` ${count}`})`;
    const wanted = `${name.slice(0, 100 - mark.length)}${mark}`;
    if (!(await isTaken(wanted))) return wanted;
  }
}
