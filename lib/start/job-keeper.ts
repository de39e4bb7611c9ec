import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { memory, pauseAfter } from "#lib/start/workers.ts";

/** As long as letters that are on their way may take to come to an end, and a little more. */
const patience = 15_000;

/**
 * Keeps one process alive that plans and sends reminders. The pages do not depend on it: one that can't be started is
 * tried again, later and later.
 */
export function keepJobWorker(log: (line: string) => void): { stop(): Promise<void> } {
  const stopped = new AbortController();
  let child: ChildProcess | undefined;

  async function keep(): Promise<void> {
    for (let deaths = 0; !stopped.signal.aborted; ) {
      const started = Date.now();
      child = fork("lib/start/job-worker.ts", [], {
        execArgv: memory,
        env: { KEPT_POOL: "4", ...process.env, NODE_ENV: "production" },
      });
      await once(child, "exit").catch(() => {});
      if (stopped.signal.aborted) return;
      const { wait, count } = pauseAfter(Date.now() - started, deaths);
      deaths = count;
      log(`The worker ended unexpectedly; another starts in ${wait / 1000} s.`);
      await sleep(wait, undefined, { signal: stopped.signal }).catch(() => {});
    }
  }
  const kept = keep();
  return {
    async stop() {
      stopped.abort();
      child?.kill("SIGTERM");
      const hung = setTimeout(() => child?.kill("SIGKILL"), patience);
      await kept;
      clearTimeout(hung);
    },
  };
}
