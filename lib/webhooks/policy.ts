import type { Actor } from "#lib/actor.ts";
import { isManager } from "#lib/portfolios/policy.ts";

/**
 * May the actor see where the changes of a portfolio are told, and change that? A manager of it may: it takes what happens
 * in the register out of the house, and names where to.
 */
export function may(actor: Actor, _verb: "see" | "edit", portfolioId: string): boolean {
  return isManager(actor, portfolioId);
}
