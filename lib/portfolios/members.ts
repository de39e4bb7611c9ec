import type { Actor, MemberRole } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import type { Texts } from "#lib/text.ts";
import { may } from "./policy.ts";
import type { Portfolio } from "./queries.ts";

/** Portfolios and their members, for admins. Whoever is an admin belongs to all, and is a member of none. */

type PortfolioKept = Portfolio & { version: number; members: number; records: number };

/** Every portfolio, the real ones first. @throws Forbidden */
export async function listKept(actor: Actor): Promise<PortfolioKept[]> {
  if (!may(actor, "keep")) throw new Forbidden();
  return reading(actor)<PortfolioKept[]>`
    SELECT o.id, o.name, o.prefix, o.demo, o.version,
      (SELECT count(*)::int FROM membership m JOIN person p ON p.id = m.person_id WHERE m.portfolio_id = o.id AND p.disabled_at IS NULL) AS members,
      (SELECT count(*)::int FROM commitment c WHERE c.portfolio_id = o.id) AS records
    FROM portfolio o ORDER BY o.demo, o.id`;
}

type Member = { id: string; name: string; email: string; role: MemberRole; agency: Texts | null };

/** So many are shown: a demonstration may have thousands. */
export const membersMost = 300;

/** Those who can sign in and are members, the managers first. @throws Forbidden */
export async function listMembers(actor: Actor, portfolioId: string): Promise<Member[]> {
  if (!may(actor, "keep")) throw new Forbidden();
  return sql<Member[]>`
    SELECT p.id, p.name, p.email, m.role, a.name AS agency
    FROM membership m JOIN person p ON p.id = m.person_id LEFT JOIN party a ON a.id = p.agency_id
    WHERE m.portfolio_id = ${portfolioId} AND p.disabled_at IS NULL
    ORDER BY m.role DESC, fold(p.name), p.id LIMIT ${membersMost}`;
}
