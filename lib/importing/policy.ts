import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { isManager } from "#lib/portfolios/policy.ts";

/**
 * May the actor bring records in from files, look at such imports, do and undo them?
 * - A manager may, also those of others: what one has brought in another one can take back.
 * - Nobody else: files may have what not everybody is to change.
 */
export function may(actor: Actor, portfolioId: string): boolean {
  return actor.id !== null && isManager(actor, portfolioId);
}

/** The imports that the actor may see, as a condition on `import_batch i`. */
export function visibleImports(actor: Actor, portfolioId: string): Fragment {
  return may(actor, portfolioId) ? sql`i.portfolio_id = ${portfolioId}` : sql`false`;
}
