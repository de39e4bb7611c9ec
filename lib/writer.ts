import { PrismaPg } from "@prisma/adapter-pg";
import { poolSize } from "#lib/db.ts";
import { PrismaClient } from "#prisma/generated/client.ts";

/**
 * Writing. Only lib/command.ts (domain writes), lib/session.ts (a session's last-seen time) and the seed's loader may
 * import this; Biome's `noRestrictedImports` holds everybody else to that.
 */
const kept = globalThis as { keptWriter?: PrismaClient };

/** The Prisma client, made at first use. */
export function writer(): PrismaClient {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error("DATABASE_URL is not set: the app is started by lib/start");
  kept.keptWriter ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: poolSize(), connectionTimeoutMillis: 5000 }),
  });
  return kept.keptWriter;
}

/** The client inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Closes the pool; for scripts and tests. */
export async function closeWriter(): Promise<void> {
  await kept.keptWriter?.$disconnect();
  delete kept.keptWriter;
}
