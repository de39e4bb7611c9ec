import type { Actor } from "#lib/actor.ts";
import { isManager } from "#lib/portfolios/policy.ts";

/** May the actor see and change what is sent without anybody asking, and try it on themselves? A manager may: it names people and addresses. */
export function may(actor: Actor, _verb: "see" | "edit" | "try", portfolioId: string): boolean {
  return isManager(actor, portfolioId);
}
