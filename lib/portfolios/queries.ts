import { cache } from "react";
import type { Actor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";

/** A register of its own. `demo`: its records are made up, and every page says so. */
export type Portfolio = { id: string; name: Texts; prefix: string; demo: boolean };

/** The portfolios that the actor may see, the real ones first. Asked once a request, however many components ask. */
export const listPortfolios = cache(
  async (_actor: Actor): Promise<Portfolio[]> =>
    sql<Portfolio[]>`SELECT id, name, prefix, demo FROM portfolio ORDER BY demo, id`,
);

/** The portfolio of an address, or null. */
export async function findPortfolio(actor: Actor, id: string): Promise<Portfolio | null> {
  return (await listPortfolios(actor)).find((portfolio) => portfolio.id === id) ?? null;
}
