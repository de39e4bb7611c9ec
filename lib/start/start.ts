import { fork } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Env } from "#lib/env.ts";
import { build } from "#lib/start/build.ts";
import { openDatabase } from "#lib/start/database.ts";
import { keepJobWorker } from "#lib/start/job-keeper.ts";
import { type Life, lifetime } from "#lib/start/lifetime.ts";
import { StartError } from "#lib/start/problem.ts";
import { installationSecret } from "#lib/start/secret.ts";
import { publicUrl, settings } from "#lib/start/settings.ts";
import { startWorkers } from "#lib/start/workers.ts";

const log = (line: string) => console.log(line);

/** `npm start`: from a fresh clone to a page that people can open, every step said in a line. */
export async function main(): Promise<void> {
  const env = settings();
  await lifetime(log, async (life) => {
    await checkPort(env.PORT);
    const signIn = await prepareDatabase(env, life);
    await build(env, log, life.signal);
    if (life.signal.aborted) return;
    await life.until(startWorkers(env.KEPT_WORKERS, log), (workers) => workers.stop());
    if (env.KEPT_WORKER === "on") life.atEnd(keepJobWorker(log).stop);
    welcome(env, signIn);
    await life.told;
  });
}

/**
 * Opens the database and makes it ready, in a process of its own whose memory goes with it: migrations, catalogue, first
 * account. DATABASE_URL is the app's from then on, KEPT_SECRET the installation's. Gives what there is to say about signing in the first time.
 */
export async function prepareDatabase(env: Env, life: Life): Promise<string[]> {
  log(env.DATABASE_URL ? "Opening the database of DATABASE_URL ..." : `Starting the database in ${env.KEPT_DATA} ...`);
  const { appUrl, ownerUrl } = await life.until(openDatabase(env, log), (database) => database.release());
  Object.assign(process.env, { DATABASE_URL: appUrl, KEPT_SECRET: await installationSecret(env) });
  const child = fork("lib/start/run.ts", ["prepare"], { env: { ...process.env, KEPT_OWNER_URL: ownerUrl } });
  life.signal.addEventListener("abort", () => child.kill(), { once: true });
  let signIn: string[] = [];
  child.on("message", (lines) => {
    signIn = lines as string[];
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new StartError("The database could not be made ready: see above.");
  return signIn;
}

/** Says where the app is, and how to get in if nobody can yet. */
export function welcome(env: Env, signIn: string[]): void {
  signIn.forEach(log);
  log(`Kept is open at ${publicUrl(env)} (Ctrl-C stops it).`);
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
