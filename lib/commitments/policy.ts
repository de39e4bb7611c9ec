import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";

/** As much of a commitment as the policy has to know. `ownerAgencyId`: the agency of the owner, who is its team. */
export type Owned = { portfolioId: string; ownerId: string | null; ownerAgencyId: string | null };

export type Verb = "view" | "create" | "update" | "assign" | "delete";

/**
 * May the actor do this with the record?
 * - A viewer reads.
 * - An editor updates what they own or their team owns, and may take what nobody owns.
 * - A manager does everything in the register, except deleting for good.
 * - An admin may delete for good, which is in the history.
 */
export function may(actor: Actor, verb: Verb, record?: Owned): boolean {
  switch (verb) {
    case "view":
      return true;
    case "create":
      return isManager(actor);
    case "update":
      return isManager(actor) || (actor.role === "editor" && record !== undefined && isOurs(actor, record));
    case "assign":
      return (
        isManager(actor) ||
        (actor.role === "editor" && record !== undefined && (isOurs(actor, record) || isNobodys(record)))
      );
    case "delete":
      return actor.role === "admin";
  }
}

const isManager = (actor: Actor) => actor.role === "manager" || actor.role === "admin";
const isNobodys = (record: Owned) => record.ownerId === null;

function isOurs(actor: Actor, record: Owned): boolean {
  if (actor.id !== null && record.ownerId === actor.id) return true;
  return actor.agencyId !== null && record.ownerAgencyId === actor.agencyId;
}

/**
 * The records that the actor may see, as a condition on `commitment c`: those of one portfolio, or of all (null).
 * Everybody signed in sees every portfolio for now: membership in portfolios will stand here, and nowhere else.
 */
export function visibleTo(_actor: Actor, portfolioId: string | null): Fragment {
  return portfolioId === null ? sql`true` : sql`c.portfolio_id = ${portfolioId}`;
}
