import type { Actor } from "#lib/actor.ts";

/**
 * May the actor do this with the rules by which people are reminded, and with public holidays?
 * - Everybody reads them, and sees what will be sent to themselves.
 * - A manager changes them, and sees what will be sent to everybody.
 */
export function may(actor: Actor, verb: "view" | "edit" | "seeAll"): boolean {
  return verb === "view" || actor.role === "manager" || actor.role === "admin";
}
