import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { alone, copyDatabase } from "#tests/support/database.ts";
import { witnessOutput } from "#tests/support/witness.ts";

/** The app as `npm start` runs it. `ownerUrl` leads to its database, to look at what the app wrote. */
export type RunningApp = { url: string; ownerUrl: string; output(): string; stop(): Promise<void> };

/** `kill` ends the main process as the system would when it runs out of memory; its servers have to notice by themselves. */
export type Launched = { output(): string; stop(): Promise<void>; kill(): Promise<void> };

export const admin = { email: "admin@kept.example", password: "correct horse battery staple" };

type Options = {
  catalogue?: boolean;
  /** With the process that sends letters, reminds and makes what takes long. Most tests need none of it. */
  worker?: boolean;
  env?: Record<string, string>;
};

/**
 * Starts the production server on a free port, on a database of its own: with the catalogue, unless told otherwise, and
 * with `admin` as its first account. The first start builds the app. Stop it when done.
 */
export async function startApp({ catalogue = true, worker = false, env = {} }: Options = {}): Promise<RunningApp> {
  await buildOnce();
  const database = await copyDatabase({ catalogue });
  const folder = await mkdtemp(path.join(os.tmpdir(), "kept-app-"));
  const port = String(await freePort());
  const launched = await launch({
    PORT: port,
    DATABASE_URL: database.ownerUrl,
    KEPT_DATA: folder,
    KEPT_WORKER: worker ? "on" : "off",
    ...env,
  }).catch(async (error) => {
    await database.drop();
    throw error;
  });
  const stop = async () => {
    await launched.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  const { output } = launched;
  return { url: `http://localhost:${port}`, ownerUrl: database.ownerUrl, output, stop };
}

/** Builds the app for the tests, if its sources have changed; the other files' tests wait meanwhile. */
async function buildOnce(): Promise<void> {
  await alone("build", async () => {
    const env = { ...process.env, NODE_ENV: "production" as const, KEPT_DIST: ".next-test", VITEST: undefined };
    const child = spawn(process.execPath, ["lib/start/run.ts", "build"], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    if (code !== 0) throw new Error("The app could not be built.");
  });
}

/** `npm start` with these settings, and `admin` as the first account. Resolves once the app is open. */
export async function launch(env: Record<string, string>): Promise<Launched> {
  const { DATABASE_URL: _url, KEPT_OWNER_URL: _owner, VITEST: _vitest, ...inherited } = process.env;
  const child = spawn(process.execPath, ["lib/start/run.ts", "start"], {
    env: {
      ...inherited,
      NODE_ENV: "production",
      KEPT_DIST: ".next-test",
      KEPT_ADMIN_EMAIL: admin.email,
      KEPT_ADMIN_PASSWORD: admin.password,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const open = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        if (output.includes("Kept is open at")) resolve();
      });
    }
  });
  const opened = await Promise.race([open.then(() => true), gone.then(() => false)]);
  if (!opened) throw new Error(`The app did not start:\n${output}`);
  const forget = witnessOutput(() => output);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    child.kill(signal);
    await gone;
    forget();
  };
  return { output: () => output, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
