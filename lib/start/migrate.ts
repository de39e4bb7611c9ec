import { createHash } from "node:crypto";
import pg from "pg";
import { StartError } from "#lib/start/problem.ts";
import { noFilter, readMigrations, withSchemaEngine } from "#lib/start/schema-engine.ts";

/** The lock's name: "migr" as a number. */
const migrating = 0x6d696772;

/**
 * Brings the database at `url` (as its owner) to the newest migration. Safe to call from several starts at once: the
 * first applies, the others wait and find nothing to do. Returns the names of the migrations it applied.
 */
export async function migrate(url: string, log: (line: string) => void): Promise<string[]> {
  const migrationsList = await readMigrations();
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    await session.query("select pg_advisory_lock($1)", [migrating]);
    const known = await appliedChecksums(session);
    const files = migrationsList.migrationDirectories.map(({ path: name, migrationFile: { content } }) => {
      return {
        name,
        checksum: createHash("sha256")
          .update(content.tag === "ok" ? content.value : "")
          .digest("hex"),
      };
    });
    const edited = files.filter(({ name, checksum }) => known.has(name) && known.get(name) !== checksum);
    if (edited.length > 0) log(`Edited after they were applied: ${edited.map(({ name }) => name).join(", ")}.`);
    // Loading the engine takes longer than everything else here.
    if (files.every(({ name }) => known.has(name))) return [];

    return await withSchemaEngine({ url }, async (engine) => {
      const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
        migrationsList,
        optInToShadowDatabase: false,
        filters: noFilter,
      });
      if (failedMigrationNames.length > 0) {
        throw new StartError(
          `A migration failed half-way before: ${failedMigrationNames.join(", ")}. Restore, or mend it by hand.`,
        );
      }
      return (await engine.applyMigrations({ migrationsList, filters: noFilter })).appliedMigrationNames;
    });
  } finally {
    await session.end();
  }
}

async function appliedChecksums(session: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await session.query("select to_regclass('_prisma_migrations') is not null as there");
  if (!tables[0].there) return new Map();
  const { rows } = await session.query(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}
