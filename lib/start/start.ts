import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Env } from "#lib/env.ts";
import { closePools } from "#lib/pools.ts";
import { build } from "#lib/start/build.ts";
import { openDatabase } from "#lib/start/database.ts";
import { type Life, lifetime } from "#lib/start/lifetime.ts";
import { migrate } from "#lib/start/migrate.ts";
import { StartError } from "#lib/start/problem.ts";
import { settings } from "#lib/start/settings.ts";
import { startWorkers } from "#lib/start/workers.ts";

const log = (line: string) => console.log(line);

/** `npm start`: from a fresh clone to a page that people can open, every step said in a line. */
export async function main(): Promise<void> {
  const env = settings();
  await lifetime(log, async (life) => {
    await checkPort(env.PORT);
    await prepare(env, life);
    await build(env, log, life.signal);
    if (life.signal.aborted) return;
    const starting = startWorkers(env.KEPT_WORKERS, log);
    life.atEnd(() =>
      starting.then(
        (workers) => workers.stop(),
        () => {},
      ),
    );
    await starting;
    await welcome(env);
    await life.told;
  });
}

/** Everything that has to be there before the app serves, but for the build: database, migrations, catalogue. */
export async function prepare(env: Env, life: Life): Promise<void> {
  log(env.DATABASE_URL ? "Opening the database of DATABASE_URL ..." : `Starting the database in ${env.KEPT_DATA} ...`);
  const opening = openDatabase(env, log);
  life.atEnd(() =>
    opening.then(
      (database) => database.release(),
      () => {},
    ),
  );
  const { appUrl, ownerUrl } = await opening;
  for (const name of await migrate(ownerUrl, log)) log(`Applied migration ${name}.`);
  process.env.DATABASE_URL = appUrl;
  const { seed } = await import("#prisma/seed.ts");
  await seed();
  await closePools();
}

/** Says where the app is, and how to get in if nobody can yet. */
export async function welcome(env: Env): Promise<void> {
  const url = env.KEPT_URL ?? `http://localhost:${env.PORT}`;
  const { ensureFirstAdmin } = await import("#lib/people/setup.ts");
  await ensureFirstAdmin({ env, url, log });
  await closePools();
  log(`Kept is open at ${url} (Ctrl-C stops it).`);
}

/** Before anything takes time: is the port ours to have? A Kept that was just told to stop is given a moment. */
export async function checkPort(port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const problem = await tryPort(port);
    if (!problem) return;
    if (problem === "EACCES")
      throw new StartError(`Port ${port} may not be used by this user: set PORT to 1024 or above.`);
    if (attempt === 15) {
      throw new StartError(
        `Port ${port} is in use, perhaps by a Kept that runs already: stop that, or set PORT to another.`,
      );
    }
    await sleep(200);
  }
}

async function tryPort(port: number): Promise<string | undefined> {
  const probe = net.createServer();
  return new Promise((resolve) => {
    probe.once("error", ({ code }: NodeJS.ErrnoException) => resolve(code ?? "unknown"));
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
}
