import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import { may } from "./policy.ts";
import type { DeliveryFilter, DeliveryShown, WebhookShown } from "./shown.ts";

/** Webhooks and the log of their deliveries, for those who manage a register. Keys are never read here. */

/** Counted as far as a badge needs. */
const countedMost = 1000;

/** A portfolio's webhooks, the oldest first. @throws Forbidden */
export async function listWebhooks(actor: Actor, portfolioId: string): Promise<WebhookShown[]> {
  if (!may(actor, "see", portfolioId)) throw new Forbidden();
  return read(actor, portfolioId, null);
}

/** One webhook. Null: none of that id here. @throws Forbidden */
export async function getWebhook(actor: Actor, portfolioId: string, id: string): Promise<WebhookShown | null> {
  if (!may(actor, "see", portfolioId)) throw new Forbidden();
  if (!z.uuid().safeParse(id).success) return null;
  return (await read(actor, portfolioId, id))[0] ?? null;
}

const read = (actor: Actor, portfolioId: string, id: string | null) => reading(actor)<WebhookShown[]>`
  SELECT w.id, w.url, w.description, w.kinds, w.active, w.paused_for AS "pausedFor", w.failing_since AS "failingSince",
    CASE WHEN w.old_until > now() THEN w.old_until END AS "oldUntil", w.created_at AS "createdAt", w.version,
    (SELECT count(*)::int FROM (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'waiting' LIMIT ${countedMost}) t) AS waiting,
    (SELECT count(*)::int FROM (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'parked' LIMIT ${countedMost}) t) AS parked,
    (SELECT max(tried_at) FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'delivered') AS "lastDelivered"
  FROM webhook w WHERE w.portfolio_id = ${portfolioId} AND ${id === null ? sql`true` : sql`w.id = ${id}`}
  ORDER BY w.created_at, w.id LIMIT 100`;

const deliveriesPage = 50;

/** A page of 50 deliveries of a webhook, the newest first. @throws Forbidden */
export async function listDeliveries(
  actor: Actor,
  portfolioId: string,
  webhookId: string,
  { state, after }: DeliveryFilter,
): Promise<{ deliveries: DeliveryShown[]; next: string | null }> {
  if (!may(actor, "see", portfolioId)) throw new Forbidden();
  if (!z.uuid().safeParse(webhookId).success) return { deliveries: [], next: null };
  const [place = "", id = ""] = after ? [after.slice(0, after.indexOf("-")), after.slice(after.indexOf("-") + 1)] : [];
  const past = z.uuid().safeParse(id).success
    ? sql`(d.created_at, d.id) < (to_timestamp(${place}::numeric / 1000000), ${id}::uuid)`
    : sql`true`;
  const rows = await reading(actor)<(DeliveryShown & { place: string })[]>`
    SELECT d.id, d.state, e.verb, c.reference, d.created_at AS "createdAt", d.attempts, d.next_try_at AS "nextTryAt",
      d.tried_at AS "triedAt", d.status, d.duration, d.answer, d.error,
      (extract(epoch FROM d.created_at) * 1000000)::bigint::text AS place
    FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
    LEFT JOIN audit_event e ON e.id = d.event_id AND e.portfolio_id = w.portfolio_id
    LEFT JOIN commitment c ON e.subject_type = 'commitment' AND c.id::text = e.subject_id
    WHERE w.id = ${webhookId} AND w.portfolio_id = ${portfolioId} AND ${past} AND ${state ? sql`d.state = ${state}` : sql`true`}
    ORDER BY d.created_at DESC, d.id DESC LIMIT ${deliveriesPage + 1}`;
  const shown = rows.slice(0, deliveriesPage);
  const last = rows.length > deliveriesPage ? shown.at(-1) : undefined;
  return {
    deliveries: shown.map(({ place: _place, ...delivery }) => delivery),
    next: last ? `${last.place}-${last.id}` : null,
  };
}

/** The portfolio's webhooks that were switched off because they failed; none for whoever may not see them. */
export async function pausedWebhooks(actor: Actor, portfolioId: string): Promise<{ id: string; url: string }[]> {
  if (!may(actor, "see", portfolioId)) return [];
  return reading(actor)<{ id: string; url: string }[]>`
    SELECT id, url FROM webhook WHERE portfolio_id = ${portfolioId} AND NOT active AND paused_for IS NOT NULL ORDER BY created_at LIMIT 20`;
}
