import { runScript } from "#lib/start/child.ts";
import { main as test } from "#lib/start/test.ts";

/** `npm run check`: format, lint, types and tests; with `--without-tests` the first three. */
export async function main(args: string[]): Promise<void> {
  console.log("Format and lint ...");
  let failures = await runScript("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]);
  console.log("Types ...");
  // The types of the routes, which every build writes into its own folder.
  await runScript("node_modules/next/dist/bin/next", ["typegen"], { NEXT_TELEMETRY_DISABLED: "1" });
  failures += await runScript("node_modules/typescript/bin/tsc", ["--noEmit"]);
  if (failures === 0 && !args.includes("--without-tests")) return test([]);
  console.log(failures === 0 ? "All is well." : "See above for what is not well.");
  process.exitCode = failures === 0 ? 0 : 1;
}
