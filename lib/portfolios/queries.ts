import type { Actor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";

/** A register of its own. `demo`: its records are made up, and every page says so. */
export type Portfolio = { id: string; name: Texts; prefix: string; demo: boolean };

/** Portfolios come by the seed and a command, a few in a lifetime, and every page asks for them. */
const freshFor = 5_000;
let kept: { at: number; portfolios: Promise<Portfolio[]> } | undefined;

/** The portfolios that the actor may see, the real ones first. A new one is listed after a few seconds. */
export async function listPortfolios(_actor: Actor, { fresh = false } = {}): Promise<Portfolio[]> {
  const now = performance.now();
  if (fresh || !kept || now - kept.at > freshFor) {
    const portfolios = sql<Portfolio[]>`SELECT id, name, prefix, demo FROM portfolio ORDER BY demo, id`.then((rows) => [
      ...rows,
    ]);
    kept = { at: now, portfolios };
    // The next page asks again.
    portfolios.catch(() => {
      kept = undefined;
    });
  }
  return kept.portfolios;
}

/** The portfolio of an address, or null. */
export async function findPortfolio(actor: Actor, id: string): Promise<Portfolio | null> {
  const named = (portfolios: Portfolio[]) => portfolios.find((portfolio) => portfolio.id === id);
  // One that is not known may be new.
  return named(await listPortfolios(actor)) ?? named(await listPortfolios(actor, { fresh: true })) ?? null;
}
