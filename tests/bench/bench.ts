import { gzipSync } from "node:zlib";
import { lifetime } from "#lib/start/lifetime.ts";
import { StartError } from "#lib/start/problem.ts";
import { settings } from "#lib/start/settings.ts";
import { type Archived, archiveTable, measureArchive } from "./archive.ts";
import { check, type Measured, measure, measureCalls } from "./load.ts";
import { operations, takeSample } from "./operations.ts";
import { measurePapers, type Papers, papersTable } from "./papers.ts";
import { measurePlanning, type Planning, planningTable } from "./planning.ts";
import { filled, openPostgres, signIn, startApp } from "./stage.ts";
import { openStatements } from "./statements.ts";

/**
 * `npm run bench -- [records ...] [--seconds n] [--only name,name]`: the production app on 1,000, 10,000 and 100,000
 * demonstration records. Each operation is checked, then measured on one connection (how long) and on eight (how many),
 * and right after it the same as bare SQL. Only numbers of one run can be compared. Planning, reports and archives have tables of their own.
 */
type Line = { name: string; size: number; app: Measured; appAt8: Measured; sql: Measured; sqlAt8: Measured };
type Extra = { size: number; script: number; memory: number };

/** What has a table of its own. */
const apart = ["planning", "papers", "archive"];

const usage =
  "npm run bench -- [records ...] [--seconds n] [--only register,filtered,search,record,edit,csv,overview,planning,papers,archive]";

await lifetime(console.error, async (life) => {
  const { sizes, seconds, only } = readArgs(process.argv.slice(2));
  const own = await openPostgres(settings().KEPT_DATA, life);
  const lines: Line[] = [];
  const extras: Extra[] = [];
  const plannings: Planning[] = [];
  const papers: Papers[] = [];
  const archives: Archived[] = [];
  for (const size of sizes) {
    const ownerUrl = await filled(own, size);
    if (only.length === 0 || only.includes("planning")) plannings.push(await measurePlanning(ownerUrl, size));
    if (only.length === 0 || only.includes("papers")) papers.push(await measurePapers(ownerUrl, size));
    if (only.length === 0 || only.includes("archive")) archives.push(await measureArchive(size));
    if (only.length > 0 && only.every((name) => apart.includes(name))) continue;
    const cookie = await signIn(ownerUrl, "manager");
    const sample = await takeSample(ownerUrl, size);
    const app = await startApp(ownerUrl, life);
    const { statements, close } = openStatements(ownerUrl, sample);
    for (const operation of await operations(app.url, cookie, sample)) {
      const { name } = operation;
      if (only.length > 0 && !only.includes(name)) continue;
      const each = await check(app.url, operation);
      const statement = statements[name];
      if (!statement) throw new Error(`no statement for ${name}`);
      // Both workers compile what they run often; nobody measures a server that has just started.
      await measure(app.url, operation, { connections: 8, seconds: Math.max(3, 12 * each) });
      await measureCalls(statement, { connections: 8, seconds: 1 });
      const one = { connections: 1, seconds };
      // Eight large files at once take their time, every one of them.
      const eight = { connections: 8, seconds: Math.max(seconds, 20 * each) };
      lines.push({
        name,
        size,
        app: await measure(app.url, operation, one),
        sql: await measureCalls(statement, one),
        appAt8: await measure(app.url, operation, eight),
        sqlAt8: await measureCalls(statement, eight),
      });
      console.error(`${size} ${name}: ${lines.at(-1)?.app.p50.toFixed(1)} ms`);
    }
    extras.push({ size, script: await scriptOf(app.url, cookie), memory: app.memory() });
    await close();
    await app.stop();
  }
  if (lines.length > 0) print(lines, extras);
  if (plannings.length > 0) console.log(planningTable(plannings));
  if (papers.length > 0) console.log(papersTable(papers));
  if (archives.length > 0) console.log(archiveTable(archives));
}).catch((error) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});

function readArgs(args: string[]) {
  const sizes: number[] = [];
  let [seconds, only]: [number, string[]] = [5, []];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--seconds") seconds = Number(args[++at]);
    else if (arg === "--only") only = (args[++at] ?? "").split(",");
    else sizes.push(Number(arg));
  }
  const fits =
    sizes.every((size) => Number.isInteger(size) && size >= 60 && size <= 100_000) && seconds >= 1 && seconds <= 600;
  if (!fits) throw new StartError(usage);
  return { sizes: sizes.length > 0 ? sizes : [1000, 10_000, 100_000], seconds, only };
}

/** Kilobytes of JavaScript, compressed with gzip, that the register's page names; what is loaded on demand is not in it. */
async function scriptOf(url: string, cookie: string): Promise<number> {
  const html = await (await fetch(`${url}/demo/register`, { headers: { cookie } })).text();
  const tags = html.match(/<script[^>]+src="[^"]+"[^>]*>|<link[^>]+as="script"[^>]*>/g) ?? [];
  const files = new Set(
    tags.filter((tag) => !/nomodule/i.test(tag)).flatMap((tag) => /(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []),
  );
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await (await fetch(url + file)).bytes()).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

function print(lines: Line[], extras: Extra[]): void {
  const [least, most] = [Math.min(...lines.map(({ size }) => size)), Math.max(...lines.map(({ size }) => size))];
  const head = [
    "operation",
    "records",
    "p50 ms",
    "p95 ms",
    "per s at 8",
    "SQL p50",
    "SQL p95",
    "SQL per s at 8",
    "p50 / SQL",
    ...(most > least ? [`${most} / ${least}`] : []),
  ];
  const number = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  const rows = lines
    .toSorted(
      (a, b) =>
        lines.findIndex(({ name }) => name === a.name) - lines.findIndex(({ name }) => name === b.name) ||
        a.size - b.size,
    )
    .map(({ name, size, app, appAt8, sql, sqlAt8 }) => {
      const small = lines.find((line) => line.name === name && line.size === least);
      const growth = size === most && most > least && small ? number(app.p50 / small.app.p50) : "";
      return [
        name,
        `${size}`,
        ...[app.p50, app.p95, appAt8.perSecond, sql.p50, sql.p95, sqlAt8.perSecond, app.p50 / sql.p50].map(number),
        ...(most > least ? [growth] : []),
      ];
    });
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const text = (cells: string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  console.log(
    [text(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(text)].join("\n"),
  );
  for (const { size, script, memory } of extras) {
    console.log(
      `${size} records: ${script.toFixed(0)} kB of JavaScript (gzip) on the register's page, ${memory.toFixed(0)} MB of memory (PSS, all processes of the app, without PostgreSQL)`,
    );
  }
}
