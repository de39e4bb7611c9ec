import { hashSecret } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { InvalidInput, TooMany } from "#lib/errors.ts";
import { type RateLimits, rateLimits } from "#lib/rate-limit.ts";
import { normalRecoveryCode, stepOf } from "./codes.ts";
import { unseal } from "./sealing.ts";

/** Showing that one has one's second factor, within a transaction that then lets in or goes on. */

/** What somebody showed themselves by. */
export type Proof = "password" | "totp" | "recovery" | "passkey";

/**
 * Takes a code of the person's app or one of their recovery codes, and uses it up: neither works twice, also not at the
 * same moment, since of two transactions that use it one comes second and finds it used.
 * @throws InvalidInput for `code`
 */
export async function proveByCode(context: Context, personId: string, typed: string): Promise<Proof> {
  const ofApp = /^(?:\s*\d){6}\s*$/.test(typed);
  if (ofApp && (await takeTotp(context, personId, typed))) return "totp";
  if (!ofApp && (await takeRecoveryCode(context, personId, typed))) return "recovery";
  throw new InvalidInput({ code: ["security.errors.code"] });
}

async function takeTotp({ tx, now }: Context, personId: string, typed: string): Promise<boolean> {
  const device = await tx.totp.findFirst({ where: { personId, confirmedAt: { not: null } } });
  if (!device) return false;
  const step = stepOf(unseal(device.sealed, personId), typed, now);
  if (step === null) return false;
  const { count } = await tx.totp.updateMany({
    where: { personId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

async function takeRecoveryCode({ tx, now }: Context, personId: string, typed: string): Promise<boolean> {
  const code = normalRecoveryCode(typed);
  if (!code) return false;
  const { count } = await tx.recoveryCode.updateMany({
    where: { personId, codeHash: Uint8Array.from(hashSecret(code)), usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

/** Counts a try of a second factor by this person, whatever comes of it. @throws TooMany, Unavailable */
export async function countTry(personId: string, limits: RateLimits = rateLimits()): Promise<void> {
  for (const limit of ["second", "secondOfDay"] as const) {
    const verdict = await limits.take(limit, personId);
    if (!verdict.allowed) throw new TooMany(verdict.retryAfter, verdict.first);
  }
}

/** The try was right: the count begins anew. */
export async function forgetTries(personId: string, limits: RateLimits = rateLimits()): Promise<void> {
  await Promise.all([limits.forget("second", personId), limits.forget("secondOfDay", personId)]);
}
