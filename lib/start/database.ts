import pg from "pg";
import type { Env } from "#lib/env.ts";
import { ownPostgres } from "#lib/start/postgres.ts";
import { StartError } from "#lib/start/problem.ts";
import { prepareRoles } from "#lib/start/roles.ts";

/** The database as the app and its commands find it. */
type Database = {
  /** As the role kept_app: what lib/db.ts and lib/writer.ts connect with. */
  appUrl: string;
  /** As the owner of the tables: for migrations, bulk loads and nothing else. */
  ownerUrl: string;
  /** Stops the own server, if nobody else uses it; leaves a given one alone. */
  release(): Promise<void>;
};

/** The name of the database on the own server. */
const ownDatabase = "kept";

/** Opens the database that the environment asks for: DATABASE_URL's server, or else the app's own. */
export async function openDatabase(env: Env, log: (line: string) => void): Promise<Database> {
  if (env.DATABASE_URL) {
    const ownerUrl = env.DATABASE_URL;
    await checkServer(ownerUrl);
    const { appUrl } = await prepareRoles(ownerUrl, { log });
    return { appUrl, ownerUrl, release: async () => {} };
  }
  const own = await ownPostgres({ dataFolder: env.KEPT_DATA, log });
  try {
    await createDatabase(own.adminUrl("postgres"), ownDatabase);
    const ownerUrl = own.adminUrl(ownDatabase);
    const { appUrl } = await prepareRoles(ownerUrl, { password: own.appPassword, log });
    return { appUrl, ownerUrl, release: own.release };
  } catch (error) {
    await own.release();
    throw error;
  }
}

/** Creates the database unless it is there; `template` is copied, if given. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  const session = new pg.Client({ connectionString: adminUrl });
  await session.connect();
  try {
    const { rowCount } = await session.query("select from pg_database where datname = $1", [name]);
    if (rowCount) return;
    const from = template ? ` TEMPLATE ${session.escapeIdentifier(template)}` : "";
    await session.query(`CREATE DATABASE ${session.escapeIdentifier(name)}${from}`).catch((error) => {
      if (error.code !== "42P04" && error.code !== "23505") throw error;
    });
  } finally {
    await session.end();
  }
}

async function checkServer(url: string) {
  const where = new URL(url);
  const session = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  session.on("error", () => {});
  try {
    await session.connect();
    const { rows } = await session.query("select current_setting('server_version_num')::int as version");
    if (rows[0].version < 150_000)
      throw new StartError("Kept needs PostgreSQL 15 or later, and DATABASE_URL's server is older.");
  } catch (error) {
    if (error instanceof StartError) throw error;
    // Never the URL itself: it has a password.
    const reason = (error as Error).message || (error as { code?: string }).code;
    throw new StartError(`DATABASE_URL does not lead to a database (${where.host}${where.pathname}): ${reason}.`);
  } finally {
    await session.end().catch(() => {});
  }
}
