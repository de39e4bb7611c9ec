import type { Fate } from "#lib/mail.ts";
import { waitFrom } from "#lib/trying.ts";

/** When a letter that did not go is tried again, and when it is given up: pure. */

const minute = 60_000;
const hour = 60 * minute;

/** After the first tries it is the server that needs time, not we. In all about two days. */
const waits = [minute, 5 * minute, 15 * minute, hour, ...Array.from({ length: 12 }, () => 4 * hour)];

/** After so many tries a letter is parked, and an administrator has to look at it. */
export const mostTries = waits.length + 1;

/** Milliseconds until the next try after so many. `chance`: 0 to 1. */
export const waitAfter = (attempts: number, chance: number): number => waitFrom(waits, attempts, chance);

/** What becomes of a letter after a try. `uncertain`: some try of it may have arrived. */
type Next =
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
