import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Env } from "#lib/env.ts";
import { StartError } from "#lib/start/problem.ts";
import { settings } from "#lib/start/settings.ts";
import { compressStatic } from "#lib/start/static.ts";

const sources =
  "app components lib public prisma/schema.prisma next.config.ts postcss.config.mjs tsconfig.json package-lock.json";

/** `npm run build` */
export async function main(): Promise<void> {
  await build(settings(), console.log);
}

/** Builds the app into env.KEPT_DIST unless the build there is of just these sources. */
export async function build(
  env: Pick<Env, "KEPT_DIST">,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stamp = path.join(env.KEPT_DIST, "kept-sources");
  const hash = await hashOfSources();
  if ((await readFile(stamp, "utf8").catch(() => "")) === hash) return;
  log("Building the app (half a minute or so, once for each change of the sources) ...");
  const started = Date.now();
  await rm(stamp, { force: true });
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const progress = setInterval(() => log(`  ... ${seconds()} s`), 15_000);
  try {
    const { code, output } = await nextBuild(env, signal);
    if (signal?.aborted) return;
    if (code !== 0) throw new StartError(`${output}\nThe app could not be built: see above.`);
    await compressStatic(path.join(env.KEPT_DIST, "static"));
    // What Node compiled of the build before (lib/start/main.mjs) would pile up.
    await rm("node_modules/.cache/kept-compiled", { recursive: true, force: true });
  } finally {
    clearInterval(progress);
  }
  await writeFile(stamp, hash);
  log(`Built in ${seconds()} s.`);
}

function nextBuild({ KEPT_DIST }: Pick<Env, "KEPT_DIST">, signal?: AbortSignal) {
  // Without the database's address: no page may be made of the data of the moment of building.
  const { DATABASE_URL: _url, KEPT_OWNER_URL: _owner, ...env } = process.env;
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...env, KEPT_DIST, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  signal?.addEventListener("abort", () => child.kill(), { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve({ code, output }));
  });
}

/** One hash over the content of everything that a build depends on. By content, since a checkout makes every file new. */
async function hashOfSources(): Promise<string> {
  const files = await Promise.all(
    sources
      .split(" ")
      .filter(existsSync)
      .map(async (source) => {
        const entries = await readdir(source, { recursive: true, withFileTypes: true }).catch(() => undefined);
        return (
          entries?.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)) ?? [source]
        );
      }),
  );
  const hash = createHash("sha256");
  for (const file of files.flat().sort())
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update("\0");
  return hash.digest("hex");
}
