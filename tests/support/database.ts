import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closePools } from "#lib/pools.ts";
import { createDatabase } from "#lib/start/database.ts";
import { prepareRoles } from "#lib/start/roles.ts";
import { emptyTemplate } from "#tests/support/postgres.ts";

type Options = {
  /** With the catalogue of the five documents in it; empty otherwise. */
  catalogue?: boolean;
};

/** A database of a test's own: `appUrl` as the app connects, `ownerUrl` as the owner of the tables. */
export type TestDatabase = { appUrl: string; ownerUrl: string; drop(): Promise<void> };

/**
 * Gives the test file a database of its own: migrated, in DATABASE_URL as the app's role, so that lib/db.ts and the
 * commands use it, and in KEPT_OWNER_URL as the owner. Call it at the top of the file.
 */
export function testDatabase(options: Options = {}): void {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await copyDatabase(options);
    Object.assign(process.env, {
      DATABASE_URL: database.appUrl,
      KEPT_OWNER_URL: database.ownerUrl,
      KEPT_SECRET: "a secret of the tests, and of nothing else",
    });
  }, 120_000);
  afterAll(async () => {
    await closePools();
    await database?.drop();
  });
}

/** Copies the migrated database (about a tenth of a second). Drop the copy when done. */
export async function copyDatabase({ catalogue = false }: Options = {}): Promise<TestDatabase> {
  const { adminUrl, appPassword } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await createDatabase(adminUrl, name, catalogue ? await seededTemplate() : emptyTemplate);
  const ownerUrl = urlOf(name);
  const { appUrl } = await prepareRoles(ownerUrl, { password: appPassword, log: console.log });
  return { appUrl, ownerUrl, drop: () => withAdmin((admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`)) };
}

const catalogueTemplate = "template_catalogue";

/** The catalogue is entered once a run, by whichever test file first asks for it; the others wait. */
async function seededTemplate(): Promise<string> {
  await withAdmin(async (admin) => {
    await admin.query("select pg_advisory_lock(hashtext($1))", [catalogueTemplate]);
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [catalogueTemplate]);
    if (rowCount) return;
    const fresh = `${catalogueTemplate}_new`;
    await admin.query(`CREATE DATABASE ${fresh} TEMPLATE ${emptyTemplate}`);
    const before = process.env.DATABASE_URL;
    const { appUrl } = await prepareRoles(urlOf(fresh), { password: inject("postgres").appPassword, log: console.log });
    process.env.DATABASE_URL = appUrl;
    const { seed } = await import("#prisma/seed.ts");
    await seed({ log: () => {} });
    await closePools();
    process.env.DATABASE_URL = before;
    await admin.query(`ALTER DATABASE ${fresh} RENAME TO ${catalogueTemplate}`);
  });
  return catalogueTemplate;
}

/** Does something that no other test file may do at the same time. */
export async function alone(name: string, work: () => Promise<unknown>): Promise<void> {
  await withAdmin(async (admin) => {
    await admin.query("select pg_advisory_lock(hashtext($1))", [name]);
    await work();
  });
}

function urlOf(database: string): string {
  const url = new URL(inject("postgres").adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("postgres").adminUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
