import type { Actor } from "#lib/actor.ts";
import { isManager } from "#lib/portfolios/policy.ts";

/**
 * May the actor do this with the rules by which people are reminded, and with public holidays?
 * - Everybody reads them, and sees what will be sent to themselves.
 * - A manager changes them, and sees what will be sent to everybody. Holidays are shared by all portfolios (null).
 */
export function may(actor: Actor, _verb: "edit" | "seeAll", portfolioId: string | null): boolean {
  return isManager(actor, portfolioId);
}
