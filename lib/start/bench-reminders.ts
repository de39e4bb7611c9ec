import { runScript } from "#lib/start/child.ts";

/** `npm run bench:reminders`: see tests/bench/reminders-kill.ts. */
export async function main(args: string[]): Promise<void> {
  process.exitCode = await runScript("tests/bench/reminders-kill.ts", args);
}
