import { enterScope, everywhere, reading } from "#lib/db.ts";
import { type Tx, writer } from "#lib/writer.ts";
import { Prisma } from "#prisma/generated/client.ts";

/** Looking at, and preparing, what no portfolio's wall is to hide from a test. */

/** Reads rows of all portfolios, as a template tag. */
export const everything = reading(everywhere);

/** Writes rows of any portfolio past the commands. */
export async function writing<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
  return await writer().$transaction(async (tx) => {
    await tx.$executeRaw(Prisma.raw(enterScope("*")));
    return await work(tx);
  });
}
