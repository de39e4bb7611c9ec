import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";

export type ReferenceVerb = "view" | "recordPortfolio" | "record";

/**
 * May the actor do this with what the records refer to: sectors, parties, places, sources, meetings, indicators?
 * - Everybody signed in reads them.
 * - A manager records, revises and corrects them: they are part of the register.
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

/**
 * The sources, meetings and indicators that the actor may see, as a condition on their portfolio's column: those of one
 * portfolio, or of all (null). Everybody signed in sees every portfolio for now, as with commitments.
 */
export function within(_actor: Actor, column: Fragment, portfolioId: string | null): Fragment {
  return portfolioId === null ? sql`true` : sql`${column} = ${portfolioId}`;
}
