import process from "node:process";
import { closePools } from "#lib/pools.ts";
import { publicUrl, settings } from "#lib/start/settings.ts";
import { startWorker } from "#lib/worker.ts";

// The process that plans and sends reminders. Whoever started it tells it to stop, by a signal or by being gone.
const env = settings();
const worker = startWorker({
  ...env,
  publicUrl: publicUrl(env),
  leaseSeconds: env.KEPT_LEASE,
  log: (line) => console.log(line),
});
process.send?.("ready");
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  await worker.stop();
  await closePools();
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("disconnect", stop);
// The terminal tells every process of Ctrl-C; the first one decides when we stop. Alone, we decide.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => process.connected || void stop());
