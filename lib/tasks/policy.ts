import type { Actor } from "#lib/actor.ts";
import { isMember } from "#lib/portfolios/policy.ts";

/**
 * May the actor do this with long work in the background?
 * - Every member may ask for it: it gives them in a file what they may read anyway.
 * - Who asked sees it, fetches its file and cancels it; nobody else does, since the file is what that person may see.
 */
export function may(
  actor: Actor,
  verb: "ask" | "see" | "cancel",
  task: { portfolioId: string; personId?: string },
): boolean {
  return actor.id !== null && isMember(actor, task.portfolioId) && (verb === "ask" || task.personId === actor.id);
}
