import { runScript } from "#lib/start/child.ts";

/** `npm test`: every test, or those that the arguments name (`npm test -- tests/lib/dates.test.ts`). */
export async function main(args: string[]): Promise<void> {
  process.exitCode = await runScript("node_modules/vitest/vitest.mjs", ["run", ...args]);
}
