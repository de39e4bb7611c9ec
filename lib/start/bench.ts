import { runScript } from "#lib/start/child.ts";

/** `npm run bench`: see tests/bench/bench.ts. */
export async function main(args: string[]): Promise<void> {
  process.exitCode = await runScript("tests/bench/bench.ts", args);
}
