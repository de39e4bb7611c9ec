import { systemActor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { type Catalogue, type Keys, readCatalogue } from "#prisma/seed/catalogue.ts";
import { seedReminders } from "#prisma/seed/reminders.ts";

/**
 * Enters what of the catalogue the register does not have yet, all or nothing, as the system's actor "seed". What is there
 * stays as it is, whoever has edited it since; a record that an admin has deleted is not entered again. The rules of
 * reminding and public holidays come with it. With nothing to enter it costs two queries.
 */
export async function seed({ log = console.log }: { log?: (line: string) => void } = {}): Promise<void> {
  const catalogue = readCatalogue();
  await seedCatalogue(catalogue, log);
  await seedReminders(catalogue.portfolio.key);
}

async function seedCatalogue(catalogue: Catalogue, log: (line: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const missing = await findMissing(catalogue);
    const count = Object.values(missing).reduce((sum, keys) => sum + keys.length, 0);
    if (count === 0) return;
    log(
      `Entering the catalogue: ${missing.commitments.length} commitments from ${catalogue.sources.length} documents ...`,
    );
    const started = Date.now();
    try {
      const { enterCatalogue } = await import("#prisma/seed/enter.ts");
      await enterCatalogue(catalogue, missing);
      log(`Entered the catalogue in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
      return;
    } catch (error) {
      // Another start did the same at the same moment: look again.
      if (attempt === 3 || (error as { code?: string }).code !== "P2002") throw error;
    }
  }
}

/** One round trip. A portfolio's deleted records are found in its history. */
async function findMissing(catalogue: Catalogue): Promise<Keys> {
  const portfolioId = catalogue.portfolio.key;
  const [present] = await reading(systemActor("seed"))<[Keys]>`
    SELECT array(SELECT id FROM portfolio) AS portfolio, array(SELECT id FROM sector) AS sectors,
      array(SELECT id FROM party) AS parties, array(SELECT id FROM place) AS places,
      array(SELECT key FROM source WHERE portfolio_id = ${portfolioId}) AS sources,
      array(SELECT key FROM meeting WHERE portfolio_id = ${portfolioId}) AS meetings,
      array(SELECT key FROM indicator WHERE portfolio_id = ${portfolioId}) AS indicators,
      array(SELECT seed_key FROM commitment WHERE portfolio_id = ${portfolioId} AND seed_key IS NOT NULL
        UNION ALL SELECT changes->'deleted'->0->>'seedKey' FROM audit_event
        WHERE portfolio_id = ${portfolioId} AND verb = 'commitment.delete') AS commitments`;
  const without = (all: readonly { key: string }[], there: readonly string[]) => {
    const known = new Set(there);
    return all.map(({ key }) => key).filter((key) => !known.has(key));
  };
  return {
    portfolio: without([catalogue.portfolio], present.portfolio),
    sectors: without(catalogue.sectors, present.sectors),
    parties: without(catalogue.parties, present.parties),
    places: without(catalogue.places, present.places),
    sources: without(catalogue.sources, present.sources),
    meetings: without(catalogue.meetings, present.meetings),
    indicators: without(catalogue.indicators, present.indicators),
    commitments: without(catalogue.commitments, present.commitments),
  };
}
