import { createHmac, randomBytes } from "node:crypto";
import { seal, unseal } from "#lib/people/sealing.ts";

/**
 * Deliveries are signed as Standard Webhooks (https://www.standardwebhooks.com) has it, so that whoever gets them can check
 * them with a library that there is: the key is 32 random bytes, shown as "whsec_" and their base64; the signature is an
 * HMAC-SHA256 over "<id>.<timestamp>.<body>".
 */

const prefix = "whsec_";

/** A new key as it is shown, once, and as it is kept. */
export function newKey(webhookId: string): { secret: string; sealed: Uint8Array<ArrayBuffer> } {
  const key = randomBytes(32);
  return { secret: prefix + key.toString("base64"), sealed: seal(key, whose(webhookId)) };
}

/** @throws SealBroken */
export const openKey = (sealed: Uint8Array, webhookId: string): Uint8Array => unseal(sealed, whose(webhookId));

const whose = (webhookId: string) => `webhook ${webhookId}`;

type Signed = { id: string; at: Date; body: string };

/** The headers that a delivery is known and checked by: one signature for each key that is good, the newest first. */
export function signatureHeaders({ id, at, body }: Signed, keys: readonly Uint8Array[]): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000);
  const sign = (key: Uint8Array) =>
    `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest("base64")}`;
  return { "webhook-id": id, "webhook-timestamp": `${timestamp}`, "webhook-signature": keys.map(sign).join(" ") };
}
