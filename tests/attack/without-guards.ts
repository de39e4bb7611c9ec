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

/** Guards that can be gone at the same time: each failing file then speaks of one. */
function rounds(wanted: readonly Guard[]): Guard[][] {
  if (process.env.KEPT_ALONE) return wanted.map((guard) => [guard]);
  const found: Guard[][] = [];
  for (const guard of wanted) {
    const round = found.find((others) => others.every(({ noticed }) => noticed !== guard.noticed));
    if (round) round.push(guard);
    else found.push([guard]);
  }
  return found;
}

/** Runs these; gives what became of each file, and what was printed. */
async function run(folder: string, files: readonly string[]): Promise<{ results: Result[]; said: string }> {
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
  const results = await readFile(report, "utf8").then(
    (text) => JSON.parse(text).testResults as Result[],
    () => [],
  );
  await rm(report, { force: true });
  return { results, said: `${stdout}\n${stderr}` };
}

const failures = (result: Result | undefined) =>
  result?.assertionResults.filter(({ status }) => status === "failed") ?? [];

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

type Result = {
  name: string;
  status: string;
  message?: string;
  assertionResults: { status: string; fullName: string }[];
};

/**
 * `npm run guards -- [words]`: takes the guards away in a copy of the project, and says which of their tests
 * noticed. Several at a time, each of another test file; with KEPT_ALONE=1 one by one. With words: the guards that have one
 * of them in their name. First all those tests run as they are: one that fails anyway would notice nothing. Ends with 1 where
 * a test did not notice. It takes half an hour or so.
 */
async function main(args: string[]): Promise<void> {
  const words = args.map((word) => word.toLowerCase());
  const wanted = guards.filter(
    ({ what }) => words.length === 0 || words.some((word) => what.toLowerCase().includes(word)),
  );
  if (wanted.length === 0) throw new Error("No guard has one of these words in its name.");
  const folder = await mkdtemp(path.join(os.tmpdir(), "kept-without-"));
  const skipped = new Set(["node_modules", ".git", ".kept", ".next", ".next-test", ".next-dev"]);
  await cp(process.cwd(), folder, {
    recursive: true,
    filter: (from) => !skipped.has(path.relative(process.cwd(), from)),
  });
  await linked("node_modules", path.join(folder, "node_modules"));
  const unnoticed: string[] = [];
  try {
    const files = [...new Set(wanted.map(({ noticed }) => noticed))];
    const { results: whole, said: atFirst } = await run(folder, files);
    const red = whole.filter(({ status }) => status !== "passed").map(({ name }) => path.relative(folder, name));
    if (red.length > 0 || whole.length < files.length)
      throw new Error(`With all guards in place: ${red.join(", ") || atFirst.slice(-2000)}`);
    for (const round of rounds(wanted)) {
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
      const { results, said } = await run(
        folder,
        round.map(({ noticed }) => noticed),
      );
      for (const { what, noticed } of round) {
        const result = results.find(({ name }) => name.endsWith(noticed));
        const failed = failures(result);
        const ran = result?.assertionResults.some(({ status }) => status === "passed" || status === "failed");
        const verdict = failed.length > 0 ? `noticed: ${failed[0]?.fullName}` : ran ? "NOT NOTICED" : "NOT RUN";
        console.log(`${what}: ${verdict}`);
        if (failed.length === 0) unnoticed.push(what);
        if (!ran) console.log(result?.message || said.slice(-2000));
      }
      for (const [at, source] of before) await writeFile(at, source);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`${wanted.length} guards, ${unnoticed.length} not noticed`);
  if (unnoticed.length > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
