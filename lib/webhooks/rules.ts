import { waitFrom } from "#lib/trying.ts";

/** When a delivery that failed is tried again, when it is given up, and when an address is left alone: pure. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** In all about a day. */
const waits = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 14 * hour];

/** After so many tries a delivery is parked, and somebody has to look at it. */
export const mostTries = waits.length + 1;

/** Milliseconds until a delivery's next try after so many. `chance`: 0 to 1. */
export const waitAfter = (attempts: number, chance: number): number => waitFrom(waits, attempts, chance);

/** For so long nothing more is sent to an address after so many tries in a row that failed there. */
export const holdAfter = (failures: number): number => Math.min(hour, 10 * second * 2 ** Math.min(failures - 1, 20));

/** An address at which everything has failed for so long is not asked any more. */
const failingMost = 3 * 24 * hour;

/** A key that has been replaced still signs for so long. */
export const oldSecretFor = 24 * hour;

/** Why an address that did not take a delivery did not: message keys under `webhooks.failure`. */
export const failures = [
  "address",
  "noSuchHost",
  "connection",
  "certificate",
  "timeout",
  "redirect",
  "status",
  "gone",
  "secret",
  "unexpected",
] as const;
export type Failure = (typeof failures)[number];

/** What came of a try. `answer`: the beginning of what the other side said; `retryAfter`: its header, where it sent one. */
export type Tried =
  | { taken: true; status: number; duration: number; answer: string }
  | {
      taken: false;
      failure: Failure;
      status: number | null;
      duration: number;
      answer: string | null;
      retryAfter?: string;
    };

/** What becomes of a delivery after its try with this number. */
export type Next = { state: "delivered" | "parked" } | { state: "waiting"; nextTryAt: Date };

export function nextAfter(
  tried: Tried,
  { attempts, now, chance }: { attempts: number; now: Date; chance: number },
): Next {
  if (tried.taken) return { state: "delivered" };
  if (attempts >= mostTries || tried.failure === "gone") return { state: "parked" };
  const wait = Math.max(waitAfter(attempts, chance), waitAsked(tried.retryAfter, now));
  return { state: "waiting", nextTryAt: new Date(now.getTime() + wait) };
}

/** An address may ask for more time than we would give it, but not for more than this. */
const askedMost = 24 * hour;

/** Milliseconds that a `Retry-After` asks for, seconds or a date (RFC 9110, 10.2.3); 0 where it is neither or over. */
export function waitAsked(retryAfter: string | undefined, now: Date): number {
  if (!retryAfter) return 0;
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * second : Date.parse(retryAfter) - now.getTime();
  return asked > 0 ? Math.min(asked, askedMost) : 0;
}

/** Whether, and why, an address is switched off by itself after a try that failed. */
export function pauseFor(failure: Failure, failingSince: Date, now: Date): "gone" | "failing" | null {
  if (failure === "gone") return "gone";
  return now.getTime() - failingSince.getTime() > failingMost ? "failing" : null;
}
