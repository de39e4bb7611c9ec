import type { LookupFunction } from "node:net";
import type { Actor } from "#lib/actor.ts";
import { log } from "#lib/log.ts";
import { isDatabaseAway, limitsOf, untilNoted } from "#lib/trying.ts";
import { privateAllowed } from "./address.ts";
import { type Outgoing, readOutgoing } from "./payload.ts";
import { post } from "./posting.ts";
import { type Claimed, claimDeliveries, pauseWebhook, returnDelivery, settleDelivery } from "./queue.ts";
import { nextAfter, pauseFor, type Tried, waitAsked } from "./rules.ts";
import { openKey, signatureHeaders } from "./signing.ts";

export type Delivering = {
  actor: Actor;
  leaseSeconds: number;
  /** So many on their way at once, and so many of them to one address. */
  most: number;
  each: number;
  stopping: () => boolean;
  /** For tests: how names are looked up, whom to trust, and where else than in public one may send. */
  lookup?: LookupFunction;
  ca?: string;
  allowPrivate?: boolean;
};

const timeoutMost = 10_000;

/**
 * Sends what is due, and comes back as soon as it is on its way: one address that hangs holds up nothing else.
 * `claimed`: so many were begun; `idle` is over when all of them are settled.
 */
export function deliverer(delivering: Delivering) {
  const onTheirWay = new Set<Promise<void>>();
  async function turn(now: Date): Promise<{ claimed: number }> {
    const { actor, leaseSeconds, most, each } = delivering;
    if (onTheirWay.size >= most) await Promise.race(onTheirWay);
    const begun = performance.now();
    const claimed = await claimDeliveries(actor, { most: most - onTheirWay.size, each, leaseSeconds }, { now });
    if (claimed.length === 0) return { claimed: 0 };
    const ids = claimed.map(({ id }) => id);
    const found = new Map((await readOutgoing(actor, ids, now)).map((outgoing) => [outgoing.id, outgoing]));
    for (const one of claimed) {
      const outgoing = found.get(one.id);
      if (!outgoing) continue;
      const work = attempt(delivering, one, outgoing, { begun, now })
        .catch((error) => {
          if (!isDatabaseAway(error)) log.error({ err: error, delivery: one.id }, "A delivery could not be settled.");
        })
        .finally(() => onTheirWay.delete(work));
      onTheirWay.add(work);
    }
    return { claimed: claimed.length };
  }
  return { turn, idle: () => Promise.allSettled(onTheirWay) };
}

type Moment = { begun: number; now: Date };

async function attempt(delivering: Delivering, { id, fence }: Claimed, outgoing: Outgoing, { begun, now }: Moment) {
  const { actor, leaseSeconds, stopping } = delivering;
  // A worker that was held up this long must not begin: the lease may be another's by the time that it is there.
  if (stopping() || performance.now() - begun > limitsOf(leaseSeconds).begin)
    return returnDelivery(actor, { id, fence });
  const since = () => new Date(now.getTime() + Math.round(performance.now() - begun));
  const tried = await send(delivering, outgoing, since());
  const at = since();
  const next = nextAfter(tried, { attempts: outgoing.attempts + 1, now: at, chance: Math.random() });
  const { status, duration, answer } = tried;
  const error = tried.taken ? null : `webhooks.failure.${tried.failure}`;
  const hold = tried.taken ? 0 : waitAsked(tried.retryAfter, at);
  const input = { id, fence, next, hold, tried: { status, duration, answer, error } };
  await untilNoted(async () => {
    const ours = await settleDelivery(actor, input, { now: at });
    const { webhookId, failingSince } = outgoing;
    const reason = !tried.taken && ours && pauseFor(tried.failure, failingSince ?? at, at);
    if (reason) await pauseWebhook(actor, { id: webhookId, reason }, { now: at });
  }, stopping);
}

async function send(delivering: Delivering, { id, webhookId, url, keys, body }: Outgoing, at: Date): Promise<Tried> {
  const { leaseSeconds, lookup, ca, allowPrivate = privateAllowed() } = delivering;
  let opened: Uint8Array[];
  try {
    opened = keys.map((sealed) => openKey(sealed, webhookId));
  } catch {
    return { taken: false, failure: "secret", status: null, duration: 0, answer: null };
  }
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": `${Buffer.byteLength(body)}`,
    "user-agent": "Kept-Webhooks/1",
    ...signatureHeaders({ id, at, body }, opened),
  };
  const timeout = Math.min(timeoutMost, limitsOf(leaseSeconds).send);
  return post({ url, headers, body }, { allowPrivate, timeout, ...(lookup && { lookup }), ...(ca && { ca }) });
}
