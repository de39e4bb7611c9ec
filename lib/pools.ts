import { closeDb } from "#lib/db.ts";
import { closeRateLimits } from "#lib/rate-limit.ts";
import { closeWriter } from "#lib/writer.ts";

/** Closes every connection of this process to the database; for commands and tests. The next use opens new ones. */
export async function closePools(): Promise<void> {
  await Promise.all([closeDb(), closeWriter(), closeRateLimits()]);
}
