import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase } from "#lib/start/database.ts";
import { migrate } from "#lib/start/migrate.ts";
import { ownPostgres } from "#lib/start/postgres.ts";
import { prepareRoles } from "#lib/start/roles.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's own PostgreSQL. */
    postgres: { adminUrl: string; appPassword: string };
  }
}

/** The databases that tests copy: migrated and empty, and with the catalogue in it (made when first asked for). */
export const emptyTemplate = "template_empty";

/** Before all tests: a PostgreSQL of their own, gone with them, and a migrated database to copy. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kept-test-"));
  const own = await ownPostgres({ dataFolder: folder, log: () => {}, throwaway: true });
  await createDatabase(own.adminUrl("postgres"), emptyTemplate);
  await prepareRoles(own.adminUrl(emptyTemplate), { password: own.appPassword, log: console.log });
  await migrate(own.adminUrl(emptyTemplate), console.log);
  project.provide("postgres", { adminUrl: own.adminUrl("postgres"), appPassword: own.appPassword });
  return async () => {
    await own.release();
    await rm(folder, { recursive: true, force: true });
  };
}
