import { spawnSync } from "node:child_process";
import {
  copyFile,
  cp,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Guard, guards } from "./guards.ts";

/**
 * `node tests/attack/without-guards.ts [words]`: takes the guards away in a copy of the project, and says which of their tests
 * noticed. Several at a time, each of another test file; with KEPT_ALONE=1 one by one. With words: the guards that have one
 * of them in their name. Ends with 1 where a test did not notice. It takes half an hour or so.
 */

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = guards.filter(
  ({ what }) => words.length === 0 || words.some((word) => what.toLowerCase().includes(word)),
);

/** Guards that can be gone at the same time: each failing file then speaks of one. */
function rounds(): Guard[][] {
  if (process.env.KEPT_ALONE) return wanted.map((guard) => [guard]);
  const found: Guard[][] = [];
  for (const guard of wanted) {
    const round = found.find((others) => others.every(({ noticed }) => noticed !== guard.noticed));
    if (round) round.push(guard);
    else found.push([guard]);
  }
  return found;
}

/** Runs these; gives where the report is, and what was printed. */
function run(folder: string, files: readonly string[]): string[] {
  const report = path.join(folder, "report.json");
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=json",
    `--outputFile=${report}`,
    "--bail=0",
    ...files,
  ];
  const { stdout, stderr } = spawnSync(process.execPath, vitest, { cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  return [report, `${stdout}\n${stderr}`];
}

/** A folder of the same files, as the bundler follows no link out of a project. */
async function linked(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await linked(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    // Another file system has files of its own.
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

const folder = await mkdtemp(path.join(os.tmpdir(), "kept-without-"));
const skipped = new Set(["node_modules", ".git", ".kept", ".next", ".next-test", ".next-dev"]);
await cp(process.cwd(), folder, {
  recursive: true,
  filter: (from) => !skipped.has(path.relative(process.cwd(), from)),
});
await linked("node_modules", path.join(folder, "node_modules"));
const unnoticed: string[] = [];
try {
  for (const round of rounds()) {
    const before = new Map<string, string>();
    for (const { file, text, instead } of round) {
      const at = path.join(folder, file);
      const source = await readFile(at, "utf8");
      if (!before.has(at)) before.set(at, source);
      await writeFile(
        at,
        source.replace(text, () => instead),
      );
    }
    const [report = "", said = ""] = run(
      folder,
      round.map(({ noticed }) => noticed),
    );
    const results = await readFile(report, "utf8").then(
      (text) => JSON.parse(text).testResults as Result[],
      () => [],
    );
    for (const { what, noticed } of round) {
      const result = results.find(({ name }) => name.endsWith(noticed));
      const failed = result?.assertionResults.filter(({ status }) => status === "failed") ?? [];
      const ran = result?.assertionResults.some(({ status }) => status === "passed" || status === "failed");
      const verdict = failed.length > 0 ? `noticed: ${failed[0]?.fullName}` : ran ? "NOT NOTICED" : "NOT RUN";
      console.log(`${what}: ${verdict}`);
      if (failed.length === 0) unnoticed.push(what);
      if (!ran) console.log(result?.message || said.slice(-2000));
    }
    for (const [at, source] of before) await writeFile(at, source);
    await rm(report, { force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`${wanted.length} guards, ${unnoticed.length} not noticed`);
if (unnoticed.length > 0) process.exitCode = 1;

type Result = { name: string; message?: string; assertionResults: { status: string; fullName: string }[] };
