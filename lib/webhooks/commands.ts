import { randomUUID } from "node:crypto";
import { z } from "zod";
import { sealAll } from "#lib/audit/seal.ts";
import { type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { checkConfirmed } from "#lib/people/confirming.ts";
import { uuid } from "#lib/text.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { may } from "./policy.ts";
import { oldSecretFor } from "./rules.ts";
import { createWebhookInput, ofWebhookInput, switchWebhookInput, updateWebhookInput, webhooksMost } from "./schema.ts";
import { newKey } from "./signing.ts";

/** Webhooks, as those who manage a register keep them. What the worker does with them: queue.ts. */

type Row = Prisma.WebhookModel;

/** The webhook, locked until the transaction ends; of another portfolio's it is not forbidden but not there. */
async function lockWebhook({ tx, actor }: Context, { id }: { id: string }): Promise<Row | null> {
  await tx.$queryRaw`SELECT FROM webhook WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.webhook.findUnique({ where: { id } });
  return row && may(actor, "see", row.portfolioId) ? row : null;
}

/** The same, for whoever showed a short while ago who they are: it leads what happens in the register elsewhere. */
async function lockSensitive(context: Context, input: { id: string }): Promise<Row | null> {
  checkConfirmed(context);
  return lockWebhook(context, input);
}

const mayEdit = (actor: Context["actor"], { portfolioId }: { portfolioId: string }) => may(actor, "edit", portfolioId);

const changeOf = ({ id, portfolioId }: Pick<Row, "id" | "portfolioId">, changes: Changes) => ({
  type: "webhook" as const,
  ...{ id, portfolioId, changes },
});

function checkVersion(row: Row, version: number): void {
  const { url, description, kinds, active } = row;
  if (row.version !== version) throw new Conflict(row.version, { url, description, kinds, active });
}

/** Adds a webhook, switched on, for what happens from now on. `secret` is shown this once. */
export const createWebhook = command({
  verb: "webhook.create",
  input: createWebhookInput,
  locks: true,
  load: async (context, { portfolioId }) => {
    checkConfirmed(context);
    // Two at once wait for each other, so that the limit holds.
    await context.tx.$queryRaw`SELECT FROM portfolio WHERE id = ${portfolioId} FOR UPDATE`;
    const found = await context.tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } });
    return found && { portfolioId: found.id };
  },
  allow: mayEdit,
  run: async (context, { portfolioId }, { portfolioId: _portfolio, ...wanted }) => {
    const { tx, now } = context;
    if ((await tx.webhook.count({ where: { portfolioId } })) >= webhooksMost)
      throw new RuleBroken("webhooks.errors.tooMany");
    const id = randomUUID();
    const { secret, sealed } = newKey(id);
    const data = { id, portfolioId, ...wanted, sealed, position: await sealAll(context), createdAt: now };
    const row = await tx.webhook.create({ data });
    return { changed: [changeOf(row, changesBetween({}, wanted))], result: { id, version: row.version, secret } };
  },
});

/** Changes where to, what for, and what of. */
export const updateWebhook = command({
  verb: "webhook.update",
  input: updateWebhookInput,
  locks: true,
  load: lockSensitive,
  allow: mayEdit,
  run: async ({ tx }, row, { id, version, ...wanted }) => {
    checkVersion(row, version);
    const { url, description, kinds } = row;
    const changes = changesBetween({ url, description, kinds }, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    const anew = changes.url && { failures: 0, failingSince: null, notBefore: null };
    await tx.webhook.update({ where: { id }, data: { ...wanted, ...anew, version: { increment: 1 } } });
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

/** Switches a webhook off or on again: with what happened meanwhile, or from now on. */
export const switchWebhook = command({
  verb: "webhook.switch",
  input: switchWebhookInput,
  locks: true,
  load: lockWebhook,
  allow: mayEdit,
  run: async (context, row, { id, version, active, missed }) => {
    checkVersion(row, version);
    if (row.active === active) return { changed: [], result: { id, version } };
    const { tx } = context;
    const fresh = { pausedFor: null, failures: 0, failingSince: null, notBefore: null };
    if (active && !missed) {
      await tx.webhookDelivery.updateMany({
        where: { webhookId: id, state: "waiting" },
        data: { state: "parked", leasedUntil: null, fence: { increment: 1 } },
      });
      await tx.webhook.update({ where: { id }, data: { position: await sealAll(context) } });
    }
    await tx.webhook.update({ where: { id }, data: { active, ...(active && fresh), version: { increment: 1 } } });
    const changes = changesBetween(
      { active: row.active, pausedFor: row.pausedFor },
      { active, pausedFor: active ? null : row.pausedFor },
    );
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

/** Gives a webhook another key, shown this once. The one before it signs beside it for a day, and none before that. */
export const rollSecret = command({
  verb: "webhook.roll",
  input: ofWebhookInput,
  locks: true,
  load: lockSensitive,
  allow: mayEdit,
  run: async ({ tx, now }, row, { id, version }) => {
    checkVersion(row, version);
    const { secret, sealed } = newKey(id);
    const oldUntil = new Date(now.getTime() + oldSecretFor);
    await tx.webhook.update({
      where: { id },
      data: { sealed, oldSealed: row.sealed, oldUntil, version: { increment: 1 } },
    });
    const changes = changesBetween({ oldUntil: row.oldUntil }, { oldUntil });
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1, secret, oldUntil } };
  },
});

/** Takes a webhook away, with its log. The history keeps that it was there. */
export const deleteWebhook = command({
  verb: "webhook.delete",
  input: ofWebhookInput,
  locks: true,
  load: lockWebhook,
  allow: mayEdit,
  run: async ({ tx }, row, { id, version }) => {
    checkVersion(row, version);
    await tx.webhook.delete({ where: { id } });
    const { url, description, kinds } = row;
    return { changed: [changeOf(row, changesBetween({ url, description, kinds }, {}))], result: undefined };
  },
});

/** Sends something that changes nothing, to see whether it arrives; also where the webhook is switched off. */
export const testWebhook = command({
  verb: "webhook.test",
  input: z.strictObject({ id: uuid }),
  locks: true,
  load: lockWebhook,
  allow: mayEdit,
  run: async ({ tx, now }, row, { id }) => {
    const open = await tx.webhookDelivery.count({ where: { webhookId: id, eventId: null, state: "waiting" } });
    if (open > 0) throw new RuleBroken("webhooks.errors.testing");
    const data = { webhookId: id, createdAt: now, nextTryAt: now };
    const delivery = await tx.webhookDelivery.create({ data, select: { id: true } });
    return { changed: [changeOf(row, { test: [null, delivery.id] })], result: delivery };
  },
});

/** Sends a settled delivery once more, with the same id, or tries at once one that waits. */
export const redeliver = command({
  verb: "webhook.redeliver",
  input: z.strictObject({ id: uuid }),
  locks: true,
  load: async (context, { id }) => {
    const delivery = await context.tx.webhookDelivery.findUnique({ where: { id } });
    const webhook = delivery && (await lockWebhook(context, { id: delivery.webhookId }));
    return webhook && { ...webhook, delivery };
  },
  allow: mayEdit,
  run: async ({ tx, now }, { delivery, ...row }) => {
    if (!row.active && delivery.eventId !== null) throw new RuleBroken("webhooks.errors.off");
    await tx.$executeRaw`
      UPDATE webhook_delivery SET state = 'waiting', next_try_at = ${now},
        attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END
      WHERE id = ${delivery.id}::uuid`;
    await tx.webhook.update({ where: { id: row.id }, data: { notBefore: null } });
    return { changed: [changeOf(row, { delivery: [null, delivery.id] })], result: undefined };
  },
});

/** Sends everything once more that was given up. */
export const redeliverParked = command({
  verb: "webhook.redeliverParked",
  input: z.strictObject({ id: uuid }),
  locks: true,
  load: lockWebhook,
  allow: mayEdit,
  run: async ({ tx, now }, row, { id }) => {
    if (!row.active) throw new RuleBroken("webhooks.errors.off");
    const { count } = await tx.webhookDelivery.updateMany({
      where: { webhookId: id, state: "parked" },
      data: { state: "waiting", attempts: 0, nextTryAt: now },
    });
    if (count === 0) throw new RuleBroken("webhooks.errors.noneParked");
    await tx.webhook.update({ where: { id }, data: { notBefore: null } });
    return { changed: [changeOf(row, { parked: [count, 0] })], result: { count } };
  },
});
