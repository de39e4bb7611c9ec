import type { Actor } from "#lib/actor.ts";
import { isManager } from "#lib/portfolios/policy.ts";

/**
 * May the actor record, revise and correct what the records refer to? A manager may: it is part of the register. Sources,
 * meetings and indicators belong to a portfolio; sectors, parties and places (null) are shared by all, and kept by the
 * managers of any.
 */
export function may(actor: Actor, _verb: "record", portfolioId: string | null): boolean {
  return isManager(actor, portfolioId);
}
