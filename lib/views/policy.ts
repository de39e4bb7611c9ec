import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { isEditor, isMember, within } from "#lib/portfolios/policy.ts";

/** As much of a saved view as the policy has to know. */
type Whose = { portfolioId: string; ownerId: string; shared: boolean };

/**
 * May the actor do this with a saved view?
 * - Whoever has an account keeps views of their own.
 * - All but viewers share them with everybody.
 * - An admin may delete what is shared, for people who have left.
 */
export function may(actor: Actor, verb: "rename" | "delete", view: Whose): boolean;
export function may(actor: Actor, verb: "save" | "share", view: Pick<Whose, "portfolioId">): boolean;
export function may(
  actor: Actor,
  verb: "save" | "share" | "rename" | "delete",
  view: Pick<Whose, "portfolioId"> & Partial<Whose>,
): boolean {
  const { portfolioId } = view;
  const own = actor.id !== null && view.ownerId === actor.id && isMember(actor, portfolioId);
  switch (verb) {
    case "save":
      return actor.id !== null && isMember(actor, portfolioId);
    case "share":
      return actor.id !== null && isEditor(actor, portfolioId);
    case "rename":
      return own;
    case "delete":
      return own || (actor.admin && view.shared === true);
  }
}

/** The views that the actor may see, as a condition on `saved_view v`: their own and the shared ones. */
export function visibleTo(actor: Actor, portfolioId: string): Fragment {
  return sql`${within(actor, sql`v.portfolio_id`, portfolioId)} AND (v.shared OR v.owner_id = ${actor.id})`;
}

/** The same for commands: of others' own views it is not even said that they are there. */
export const seenBy = (actor: Actor) => ({ OR: [{ shared: true }, ...(actor.id ? [{ ownerId: actor.id }] : [])] });
