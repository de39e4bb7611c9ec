import { isAway, Unavailable } from "#lib/errors.ts";

/** What all that goes out of the house has in common, mail and calls alike: tries with growing waits, under a lease. */

/** Milliseconds until the next try after so many, a fifth more or less by chance (0 to 1), so that not all come back at once. */
export function waitFrom(waits: readonly number[], attempts: number, chance: number): number {
  const wait = waits[Math.min(Math.max(attempts, 1), waits.length) - 1] ?? 0;
  return Math.round(wait * (0.8 + 0.4 * chance));
}

/**
 * The longest that one try may take, and how long after a claim one may still begin, in milliseconds: together less than
 * the lease, so that nobody else has what is claimed while it is on its way.
 */
export function limitsOf(leaseSeconds: number): { send: number; begin: number } {
  const quarter = Math.floor((leaseSeconds * 1000) / 4);
  return { send: Math.min(60_000, 2 * quarter), begin: quarter };
}

/** Nothing can be noted now; it is nobody's mistake. */
export const isDatabaseAway = (error: unknown): boolean => error instanceof Unavailable || isAway(error);

/**
 * Notes what became of a try. While the database is away this waits: what the other side took is noted as soon as there
 * is somewhere to note it, for as long as nobody else can have claimed it.
 */
export async function untilNoted(note: () => Promise<unknown>, stopping: () => boolean): Promise<void> {
  for (let wait = 50; ; wait = Math.min(2 * wait, 5000)) {
    try {
      await note();
      return;
    } catch (error) {
      if (!isDatabaseAway(error) || (stopping() && wait >= 5000)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
