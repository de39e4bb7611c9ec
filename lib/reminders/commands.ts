import { type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, InvalidInput } from "#lib/errors.ts";
import { answering, isSystem } from "#lib/people/policy.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { may } from "./policy.ts";
import { createRuleInput, recordRuleInput, switchRuleInput, updateRuleInput } from "./schema.ts";

/** The rules by which people are reminded. They are switched off, never deleted: what they sent names them. */

type Row = Prisma.ReminderRuleModel;

const findPortfolio = ({ tx }: Context, { portfolioId }: { portfolioId: string }) =>
  tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } });

/** The rule, locked until the transaction ends. */
async function lockRule({ tx }: Context, { id }: { id: string }): Promise<Row | null> {
  await tx.$queryRaw`SELECT FROM reminder_rule WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.reminderRule.findUnique({ where: { id } });
}

const changeOf = (
  { id, portfolioId }: Pick<Row, "id" | "portfolioId">,
  changes: ReturnType<typeof changesBetween>,
) => ({
  type: "rule" as const,
  id,
  portfolioId,
  changes,
});

/** Adds a rule, at the end of the list and switched on. */
export const createRule = command({
  verb: "rule.create",
  input: createRuleInput,
  load: findPortfolio,
  allow: (actor, { id }) => may(actor, "edit", id),
  run: async (context, { id: portfolioId }, { portfolioId: _portfolio, ...rule }) => {
    const { tx, now } = context;
    await checkPeople(context, portfolioId, rule);
    const last = await tx.reminderRule.aggregate({ where: { portfolioId }, _max: { position: true } });
    const position = (last._max.position ?? 0) + 1;
    const row = await tx.reminderRule.create({ data: { ...rule, portfolioId, position, createdAt: now } });
    return { changed: [changeOf(row, changesBetween({}, rule))], result: { id: row.id, version: row.version } };
  },
});

/** Enters a rule of the seed. */
export const recordRule = command({
  verb: "rule.create",
  input: recordRuleInput,
  load: findPortfolio,
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _portfolio, rule) => {
    const row = await tx.reminderRule.create({ data: { ...rule, createdAt: now } });
    return { changed: [changeOf(row, changesBetween({}, rule))], result: { id: row.id } };
  },
});

/** Changes a rule. What it still has to send follows at once; what it sent stays sent. */
export const updateRule = command({
  verb: "rule.update",
  input: updateRuleInput,
  locks: true,
  load: lockRule,
  allow: (actor, { portfolioId }) => may(actor, "edit", portfolioId),
  run: async (context, row, { id, version, ...wanted }) => {
    const present = presentOf(row, wanted);
    if (row.version !== version) throw new Conflict(row.version, present);
    await checkPeople(context, row.portfolioId, wanted);
    const changes = changesBetween(present, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    await context.tx.reminderRule.update({ where: { id }, data: { ...wanted, version: { increment: 1 } } });
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

/** Switches a rule on or off. Off, it sends nothing, also not what waits for its hour. */
export const switchRule = command({
  verb: "rule.switch",
  input: switchRuleInput,
  locks: true,
  load: lockRule,
  allow: (actor, { portfolioId }) => may(actor, "edit", portfolioId),
  run: async ({ tx }, row, { id, version, active }) => {
    if (row.version !== version) throw new Conflict(row.version, { active: row.active });
    const changes = changesBetween({ active: row.active }, { active });
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    await tx.reminderRule.update({ where: { id }, data: { active, version: { increment: 1 } } });
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

const presentOf = (row: Row, wanted: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(wanted).map((field) => [field, row[field as keyof Row]]));

/** Whom a rule names has to be somebody who can be told. */
async function checkPeople(
  { tx }: Context,
  portfolioId: string,
  named: { personId: string | null; escalatePersonId: string | null },
) {
  for (const field of ["personId", "escalatePersonId"] as const) {
    const id = named[field];
    if (id === null) continue;
    if ((await tx.person.count({ where: { id, ...answering(portfolioId) } })) === 0)
      throw new InvalidInput({ [field]: ["errors.noSuchPerson"] });
  }
}
