import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine, SchemaFilter, SchemasContainer } from "@prisma/schema-engine-wasm";
import pg from "pg";

const migrationsFolder = path.resolve("prisma/migrations");
const schemaFile = path.resolve("prisma/schema.prisma");

/** Nothing in the database is managed outside the migrations. */
export const noFilter: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Lends Prisma's schema engine, as WebAssembly so that migrations need no download. Its package is made for bundlers:
 * what a bundler would do, giving the WebAssembly its imports, is done here by hand.
 * @param url the database to work on, as its owner
 * @param shadowUrl an empty database to replay migrations in, where the work asks for one
 */
export async function withSchemaEngine<T>(
  { url, shadowUrl }: { url: string; shadowUrl?: string },
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const packageFolder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const program = await readFile(path.join(packageFolder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(program, { "./schema_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();

  // The engine never closes its connections, hence pools of ours.
  // A migration is about the rows of every portfolio, also where the wall stands for the owner.
  const onConnect = async (client: pg.ClientBase) => {
    await client.query("SET kept.portfolios = '*'");
  };
  const open = (connectionString: string) => new pg.Pool({ connectionString, onConnect });
  const [pool, shadow] = [open(url), open(shadowUrl ?? url)];
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(pool),
    connectToShadowDb: () => connect(shadow),
  });
  const { files } = await readSchema();
  const datamodels = files.map((file): [string, string] => [file.path, file.content]);
  try {
    const engine = await glue.SchemaEngine.new({ datamodels }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await Promise.all([pool.end(), shadow.end()]);
  }
}

/**
 * Prisma's adapter, mended for this work in two places: it cuts a script at every semicolon, those inside functions too,
 * where the server takes the script whole; and it does not know the catalogue's type "char".
 */
async function connect(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  const { CHAR } = pg.types.builtins;
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const withKnownTypes = async (config: pg.QueryArrayConfig) => {
    const result = await query(config);
    for (const field of result.fields ?? []) if (field.dataTypeID === CHAR) field.dataTypeID = charArray;
    return result;
  };
  Object.assign(pool, { query: withKnownTypes });
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    async executeScript(script: string) {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    },
    async queryRaw(statement: SqlQuery) {
      const found = await queryRaw(statement);
      const { Character, CharacterArray } = ColumnTypeEnum;
      return { ...found, columnTypes: found.columnTypes.map((type) => (type === CharacterArray ? Character : type)) };
    },
  });
}

/** The type char[], which no catalogue query of the engine has, stands in for "char" on the way through the adapter. */
const charArray = 1002;

export async function readSchema(): Promise<SchemasContainer> {
  return { files: [{ path: schemaFile, content: await readFile(schemaFile, "utf8") }] };
}

/** The migrations on disk, oldest first. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = (name: string) => readFile(path.join(migrationsFolder, name), "utf8");
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: await read("migration_lock.toml") },
    // Our migrations name this table, which the engine makes only where it applies them for good.
    shadowDbInitScript: "CREATE TABLE IF NOT EXISTS _prisma_migrations (id text)",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await read(`${name}/migration.sql`) },
        },
      })),
    ),
  };
}
