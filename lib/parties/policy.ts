import type { Actor } from "#lib/actor.ts";

export type ReferenceVerb = "view" | "recordPortfolio" | "record";

/**
 * May the actor do this with what the records refer to: sectors, parties, places, sources, meetings, indicators?
 * - Everybody signed in reads them.
 * - A manager records and revises them: they are part of the register.
 * - Only a part of the system makes a portfolio.
 */
export function may(actor: Actor, verb: ReferenceVerb): boolean {
  switch (verb) {
    case "view":
      return true;
    case "record":
      return actor.role === "manager" || actor.role === "admin";
    case "recordPortfolio":
      return actor.id === null;
  }
}
