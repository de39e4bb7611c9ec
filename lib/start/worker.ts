import process from "node:process";
import { serve } from "#lib/start/server.ts";
import { settings } from "#lib/start/settings.ts";

// One of the processes that serve. It ends with the process that started it: node:cluster sees to that.
const { close } = await serve({ env: settings() });
process.send?.("ready");
process.on("message", async (message) => {
  if (message !== "stop") return;
  await close();
  process.exit(0);
});
// The terminal tells every process of Ctrl-C; the first one decides when we stop.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
