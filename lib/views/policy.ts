import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";

/** As much of a saved view as the policy has to know. */
export type Whose = { ownerId: string; shared: boolean };

/**
 * May the actor do this with a saved view?
 * - Whoever has an account keeps views of their own.
 * - All but viewers share them with everybody.
 * - An admin may delete what is shared, for people who have left.
 */
export function may(actor: Actor, verb: "save" | "share" | "rename" | "delete", view?: Whose): boolean {
  const own = actor.id !== null && view?.ownerId === actor.id;
  switch (verb) {
    case "save":
      return actor.id !== null;
    case "share":
      return actor.id !== null && actor.role !== "viewer";
    case "rename":
      return own;
    case "delete":
      return own || (actor.role === "admin" && view?.shared === true);
  }
}

/** The views that the actor may see, as a condition on `saved_view v`: their own and the shared ones. */
export function visibleTo(actor: Actor, portfolioId: string): Fragment {
  return sql`v.portfolio_id = ${portfolioId} AND (v.shared OR v.owner_id = ${actor.id})`;
}
