import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "#lib/start/problem.ts";

/** A worker that lived this long did not die of how it was started. */
const settled = 60_000;
const slowest = 30_000;
const firstTries = 3;

/**
 * A page needs little memory at a time, and without a limit V8 lets garbage grow to several times what is in use. One that
 * runs out all the same ends, and is replaced.
 */
export const memory = ["--max-old-space-size=256", "--max-semi-space-size=8"];

/** How long to wait before a process is replaced that lived so long, after so many deaths in a row, and that number now. */
export function pauseAfter(lived: number, deaths: number): { wait: number; count: number } {
  const count = lived > settled ? 0 : deaths + 1;
  return { wait: Math.min(slowest, 100 * 2 ** count), count };
}

/** Keeps `count` serving processes alive. Resolves when each of them serves. */
export async function startWorkers(count: number, log: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  cluster.setupPrimary({ exec: path.resolve("lib/start/worker.ts"), execArgv: memory });
  const alive = new Set<Worker>();
  let stopping = false;
  let deaths = 0;

  async function keep(): Promise<void> {
    for (;;) {
      const started = Date.now();
      const worker = cluster.fork({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
      alive.add(worker);
      const gone = once(worker, "exit").finally(() => alive.delete(worker));
      const serves = await Promise.race([once(worker, "message").then(() => true), gone.then(() => false)]);
      if (serves) {
        void gone.then(() => replace(Date.now() - started));
        return;
      }
      if (stopping) return;
      deaths += 1;
      if (deaths >= firstTries)
        throw new StartError("The server ends as soon as it is started: see its message above.");
    }
  }

  async function replace(lived: number): Promise<void> {
    if (stopping) return;
    const { wait, count: row } = pauseAfter(lived, deaths);
    deaths = row;
    log(`A server process ended unexpectedly; another starts in ${wait / 1000} s.`);
    await sleep(wait);
    if (stopping) return;
    await keep().catch(() => replace(0));
  }

  async function stop(): Promise<void> {
    stopping = true;
    await Promise.all(
      [...alive].map(async (worker) => {
        const gone = once(worker, "exit");
        // One that is not up yet, and listens to nothing, is ended by the signal.
        if (worker.isConnected()) worker.send("stop");
        const hung = setTimeout(() => worker.process.kill("SIGKILL"), 15_000);
        await gone;
        clearTimeout(hung);
      }),
    );
  }

  try {
    await Promise.all(Array.from({ length: count }, keep));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
