import type { Fate } from "#lib/mail.ts";

/** When a letter that did not go is tried again, and when it is given up: pure. */

const minute = 60_000;
const hour = 60 * minute;

/** After the first tries it is the server that needs time, not we. In all about two days. */
const waits = [minute, 5 * minute, 15 * minute, hour, ...Array.from({ length: 12 }, () => 4 * hour)];

/** After so many tries a letter is parked, and an administrator has to look at it. */
export const mostTries = waits.length + 1;

/** Milliseconds until the next try after so many, a fifth more or less by chance (0 to 1), so that not all come back at once. */
export function waitAfter(attempts: number, chance: number): number {
  const wait = waits[Math.min(Math.max(attempts, 1), waits.length) - 1] ?? hour;
  return Math.round(wait * (0.8 + 0.4 * chance));
}

/** What becomes of a letter after a try. `uncertain`: some try of it may have arrived. */
export type Next =
  | { state: "sent" }
  | { state: "waiting"; nextTryAt: Date; error: string; uncertain: boolean }
  | { state: "parked"; error: string; uncertain: boolean };

type Tried = { attempts: number; uncertainBefore: boolean; now: Date; chance: number };

/** Once a try may have arrived, no later refusal takes that back. */
export function nextAfter(fate: Fate, { attempts, uncertainBefore, now, chance }: Tried): Next {
  if (fate.how === "sent") return { state: "sent" };
  const uncertain = uncertainBefore || (fate.how === "again" && fate.mayHaveArrived);
  if (fate.how === "never" || attempts >= mostTries) return { state: "parked", error: fate.error, uncertain };
  const nextTryAt = new Date(now.getTime() + waitAfter(attempts, chance));
  return { state: "waiting", nextTryAt, error: fate.error, uncertain };
}

/**
 * The longest that one try may take, and how long after a claim one may still begin, in milliseconds: together less than
 * the lease, so that nobody else has a letter while it is on its way.
 */
export function limitsOf(leaseSeconds: number): { send: number; begin: number } {
  const quarter = Math.floor((leaseSeconds * 1000) / 4);
  return { send: Math.min(minute, 2 * quarter), begin: quarter };
}
