import { z } from "zod";
import * as commands from "#lib/webhooks/commands.ts";
import { kinds } from "#lib/webhooks/kinds.ts";
import { getWebhook, listDeliveries, listWebhooks } from "#lib/webhooks/queries.ts";
import { deliveryFilter } from "#lib/webhooks/shown.ts";
import { DeliveryState } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { paged, portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** Where the changes of a register are told, and what was told. */

const { instant } = shapes;

const webhook = z.strictObject({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  /** None: all. */
  kinds: z.array(z.enum(kinds)),
  active: z.boolean(),
  pausedFor: z.enum(["failing", "gone"]).nullable(),
  failingSince: instant.nullable(),
  oldUntil: instant.nullable(),
  createdAt: instant,
  version: z.int().positive(),
  waiting: z.int(),
  parked: z.int(),
  lastDelivered: instant.nullable(),
});

const delivery = z.strictObject({
  id: z.uuid(),
  state: z.enum(DeliveryState),
  verb: z.string().nullable(),
  reference: z.string().nullable(),
  createdAt: instant,
  attempts: z.int(),
  nextTryAt: instant,
  triedAt: instant.nullable(),
  status: z.int().nullable(),
  duration: z.int().nullable(),
  answer: z.string().nullable(),
  error: z.string().nullable(),
});

const inPortfolio = { portfolio: portfolioParameter };
const secret = z.string();

export const webhooks: Record<string, Operation> = {
  "webhooks.list": {
    method: "GET",
    path: "/webhooks",
    least: "manager",
    query: inPortfolio,
    output: shapes.whole(webhook),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && { data: await listWebhooks(call.actor, portfolio.id) };
    },
  },
  "webhooks.get": {
    method: "GET",
    path: "/webhooks/{id}",
    least: "manager",
    query: inPortfolio,
    output: webhook,
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && (await getWebhook(call.actor, portfolio.id, String(call.params.id)));
    },
  },
  "webhooks.create": {
    method: "POST",
    path: "/webhooks",
    least: "manager",
    command: commands.createWebhook,
    output: shapes.edited.extend({ secret }),
    creates: "/webhooks",
    secret: true,
  },
  "webhooks.edit": {
    method: "PUT",
    path: "/webhooks/{id}",
    least: "manager",
    command: commands.updateWebhook,
    output: shapes.edited,
  },
  "webhooks.switch": {
    method: "PUT",
    path: "/webhooks/{id}/active",
    least: "manager",
    command: commands.switchWebhook,
    output: shapes.edited,
  },
  "webhooks.roll": {
    method: "POST",
    path: "/webhooks/{id}/keys",
    least: "manager",
    command: commands.rollSecret,
    output: shapes.edited.extend({ secret, oldUntil: instant }),
    secret: true,
  },
  "webhooks.delete": {
    method: "DELETE",
    path: "/webhooks/{id}",
    least: "manager",
    command: commands.deleteWebhook,
    output: null,
  },
  "webhooks.test": {
    method: "POST",
    path: "/webhooks/{id}/tests",
    least: "manager",
    command: commands.testWebhook,
    output: z.strictObject({ id: z.uuid() }),
  },
  "deliveries.list": {
    method: "GET",
    path: "/webhooks/{id}/deliveries",
    least: "manager",
    query: {
      ...inPortfolio,
      state: z.enum(DeliveryState, { error: "errors.filter" }).optional(),
      cursor: paged.cursor,
    },
    output: shapes.page(delivery),
    give: async (call) => {
      const [portfolio, id] = [await portfolioOf(call), String(call.params.id)];
      if (!portfolio || !(await getWebhook(call.actor, portfolio.id, id))) return null;
      const { state, cursor: after } = call.query as { state?: DeliveryState; cursor?: string };
      const filter = deliveryFilter.parse({ state, after });
      const { deliveries: data, next } = await listDeliveries(call.actor, portfolio.id, id, filter);
      return { data, next };
    },
  },
  "deliveries.redeliver": {
    method: "POST",
    path: "/deliveries/{id}/again",
    least: "manager",
    command: commands.redeliver,
    output: null,
  },
  "deliveries.redeliverParked": {
    method: "POST",
    path: "/webhooks/{id}/parked",
    least: "manager",
    command: commands.redeliverParked,
    output: z.strictObject({ count: z.int() }),
  },
};
