import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { isManager, isMember, roleIn, within } from "#lib/portfolios/policy.ts";

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
export function may(actor: Actor, verb: Exclude<Verb, "create">, record: Owned): boolean;
export function may(actor: Actor, verb: "create" | "assign", record: Pick<Owned, "portfolioId">): boolean;
export function may(actor: Actor, verb: Verb, record: Pick<Owned, "portfolioId"> | Owned): boolean {
  const { portfolioId } = record;
  const role = roleIn(actor, portfolioId);
  const owned = "ownerId" in record ? record : null;
  switch (verb) {
    case "view":
      return isMember(actor, portfolioId);
    case "create":
      return isManager(actor, portfolioId);
    case "update":
      return isManager(actor, portfolioId) || (role === "editor" && owned !== null && isOurs(actor, owned));
    case "assign":
      return (
        isManager(actor, portfolioId) ||
        (role === "editor" && owned !== null && (isOurs(actor, owned) || isNobodys(owned)))
      );
    case "delete":
      return role === "admin";
  }
}

const isNobodys = (record: Owned) => record.ownerId === null;

function isOurs(actor: Actor, record: Owned): boolean {
  if (actor.id !== null && record.ownerId === actor.id) return true;
  return actor.agencyId !== null && record.ownerAgencyId === actor.agencyId;
}

/** The records that the actor may see, as a condition on `commitment c`: those of one portfolio, or of all theirs (null). */
export function visibleTo(actor: Actor, portfolioId: string | null): Fragment {
  return within(actor, sql`c.portfolio_id`, portfolioId);
}
