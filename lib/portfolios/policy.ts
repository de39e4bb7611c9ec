import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import type { Role } from "#prisma/generated/enums.ts";

/**
 * What somebody is in a portfolio, on which the policies of all that belongs to one are built: a viewer reads; an editor
 * also updates what is theirs or their team's; a manager keeps the register, its rules and reports; an admin keeps people
 * and settings, and may do everything in every portfolio. Null: no member, for whom there is nothing.
 */
export function roleIn(actor: Pick<Actor, "admin" | "roles">, portfolioId: string): Role | null {
  return actor.admin ? "admin" : (actor.roles[portfolioId] ?? null);
}

export const isMember = (actor: Actor, portfolioId: string): boolean => roleIn(actor, portfolioId) !== null;

/** More than a viewer there. In any portfolio, where it is null. */
export const isEditor = (actor: Actor, portfolioId: string | null): boolean =>
  holds(actor, portfolioId, ["editor", "manager"]);

/** A manager, or an admin. Of any portfolio, where it is null: for what all portfolios share, as parties and holidays. */
export const isManager = (actor: Actor, portfolioId: string | null): boolean => holds(actor, portfolioId, ["manager"]);

function holds({ admin, roles }: Actor, portfolioId: string | null, wanted: readonly Role[]): boolean {
  const held = portfolioId === null ? Object.values(roles) : [roles[portfolioId]];
  return admin || held.some((role) => role !== undefined && wanted.includes(role));
}

/** What the actor may see of a portfolio's rows, or of those of all their portfolios (null), as a condition on the column. */
export function within(actor: Actor, column: Fragment, portfolioId: string | null): Fragment {
  if (portfolioId !== null) return isMember(actor, portfolioId) ? sql`${column} = ${portfolioId}` : sql`false`;
  return actor.scope === "*" ? sql`true` : sql`${column} = ANY (${[...actor.scope]})`;
}

/** May the actor make portfolios, rename them and say who is a member? An admin may. */
export function may(actor: Actor, _verb: "keep"): boolean {
  return actor.admin;
}
