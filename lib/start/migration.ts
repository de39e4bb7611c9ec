import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { createDatabase } from "#lib/start/database.ts";
import { ownPostgres } from "#lib/start/postgres.ts";
import { StartError } from "#lib/start/problem.ts";
import { appRole, prepareRoles } from "#lib/start/roles.ts";
import { noFilter, readMigrations, readSchema, withSchemaEngine } from "#lib/start/schema-engine.ts";

/**
 * `npm run migration -- <name>`: writes the SQL that leads from the migrations to prisma/schema.prisma into a new
 * migration, for review. What the schema cannot say (triggers, grants, special indexes) comes out as a removal, and has to
 * be taken out of the SQL by hand. Needs no database: it replays the migrations in a throwaway one.
 */
export async function main([name]: string[]): Promise<void> {
  if (!name || !/^[a-z0-9_]+$/.test(name)) throw new StartError("Name the migration: npm run migration -- add_tags");
  const own = await ownPostgres({ dataFolder: process.env.KEPT_DATA ?? ".kept", log: console.log });
  const shadow = `shadow_${process.pid}`;
  try {
    await createDatabase(own.adminUrl("postgres"), shadow);
    await prepareRoles(own.adminUrl(shadow), { password: own.appPassword, log: console.log });
    const [migrations, schema] = await Promise.all([readMigrations(), readSchema()]);
    const urls = { url: own.adminUrl("postgres"), shadowUrl: own.adminUrl(shadow) };
    const { stdout } = await withSchemaEngine(urls, (engine) =>
      engine.diff({
        from: { tag: "migrations", ...migrations },
        to: { tag: "schemaDatamodel", ...schema },
        script: true,
        exitCode: null,
        filters: noFilter,
      }),
    );
    const sql = stdout?.trim() ?? "";
    if (!sql || sql === "-- This is an empty migration.") {
      console.log("The migrations already lead to the schema.");
      return;
    }
    const stamp = new Date().toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
    const folder = path.join("prisma/migrations", `${stamp}_${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "migration.sql"), `${sql}\n`);
    console.log(
      `Written for review: ${folder}/migration.sql (new tables need grants for ${appRole} where the default ones do not suit).`,
    );
  } finally {
    const session = new pg.Client({ connectionString: own.adminUrl("postgres") });
    await session.connect();
    await session.query(`DROP DATABASE IF EXISTS ${session.escapeIdentifier(shadow)} WITH (FORCE)`);
    await session.end();
    await own.release();
  }
}
