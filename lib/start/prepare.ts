import { ensureFirstAdmin } from "#lib/people/setup.ts";
import { closePools } from "#lib/pools.ts";
import { migrate } from "#lib/start/migrate.ts";
import { StartError } from "#lib/start/problem.ts";
import { publicUrl, settings } from "#lib/start/settings.ts";
import { seed } from "#prisma/seed.ts";

/** What `npm start` does to the database before the app serves. Tells its parent what to say of the first sign-in. */
export async function main(): Promise<void> {
  const { KEPT_OWNER_URL: ownerUrl } = process.env;
  if (!ownerUrl) throw new StartError("This is a part of npm start, and does nothing by itself.");
  for (const name of await migrate(ownerUrl, console.log)) console.log(`Applied migration ${name}.`);
  await seed();
  const lines: string[] = [];
  const env = settings();
  await ensureFirstAdmin({ env, url: publicUrl(env), log: (line) => lines.push(line) });
  await closePools();
  process.send?.(lines, () => process.disconnect());
}
