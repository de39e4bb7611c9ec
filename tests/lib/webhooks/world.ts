import { createHmac, timingSafeEqual } from "node:crypto";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Actor, systemActor } from "#lib/actor.ts";
import { sealEvents } from "#lib/audit/seal.ts";
import { createWebhook } from "#lib/webhooks/commands.ts";
import { type Delivering, deliverer } from "#lib/webhooks/delivering.ts";
import { getWebhook, listDeliveries } from "#lib/webhooks/queries.ts";
import { enqueueDeliveries } from "#lib/webhooks/queue.ts";
import { deliveryFilter } from "#lib/webhooks/shown.ts";
import { addActor, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { type HookSink, hookCa, lookupOf, startHookSink, type TakenCall, takes } from "#tests/support/hook-sink.ts";
import { query } from "#tests/support/people.ts";

/** A register with somebody who keeps webhooks, and an address of this machine that takes what is sent. */

export const worker = systemActor("worker");
export const owner = () => process.env.KEPT_OWNER_URL ?? "";
export let manager: Actor & { id: string };
export let sink: HookSink;

/** Call it at the top of the file, after `testDatabase()`. */
export function webhooksWorld(): void {
  beforeAll(async () => {
    await makeRegister();
    manager = await addActor("manager");
    sink = await startHookSink();
  });
  afterAll(() => sink.close());
  beforeEach(async () => {
    await query(owner(), "DELETE FROM webhook");
    sink.taken.length = 0;
    sink.answer = takes;
  });
}

export const delivering = (over: Partial<Delivering> = {}): Delivering => ({
  ...{ actor: worker, leaseSeconds: 60, most: 20, each: 4, stopping: () => false },
  ...{ lookup: lookupOf(["127.0.0.1"]), ca: hookCa, allowPrivate: true },
  ...over,
});

export const minute = 60_000;
export const hour = 60 * minute;
export const later = (milliseconds: number) => new Date(Date.now() + milliseconds);

export const seal = () => sealEvents(worker, {});
export const enqueue = async () => {
  while ((await seal()).more);
  return enqueueDeliveries(worker, {});
};

/** Sends what is due at a moment, until nothing more is. */
export async function send(now = new Date(), over: Partial<Delivering> = {}): Promise<void> {
  const { turn, idle } = deliverer(delivering(over));
  while ((await turn(now)).claimed > 0) await idle();
  await idle();
}

type Added = { id: string; version: number; secret: string };
export const add = (over: Record<string, unknown> = {}): Promise<Added> =>
  createWebhook(manager, { portfolioId, url: sink.url, description: "", kinds: [], ...over });
export const shown = async (id: string) => {
  const webhook = await getWebhook(manager, portfolioId, id);
  if (!webhook) throw new Error("no such webhook");
  return webhook;
};
export const log = async (id: string, state: string | null = null) =>
  (await listDeliveries(manager, portfolioId, id, deliveryFilter.parse({ state }))).deliveries;
export const saidIn = (call: TakenCall | undefined) => JSON.parse(call?.body ?? "null");

/** As whoever gets it checks it, by the text of the standard alone. */
export function isSigned({ headers, body }: TakenCall, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const mac = createHmac("sha256", key)
    .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
    .digest();
  const given = String(headers["webhook-signature"]).split(" ");
  return given.some((each) => {
    const [version, signature = ""] = each.split(",");
    const bytes = Buffer.from(signature, "base64");
    return version === "v1" && bytes.length === mac.length && timingSafeEqual(bytes, mac);
  });
}
