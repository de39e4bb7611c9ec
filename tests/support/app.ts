import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { copyDatabase } from "#tests/support/database.ts";

/** The app as `npm start` runs it. `ownerUrl` leads to its database, to look at what the app wrote. */
export type RunningApp = { url: string; ownerUrl: string; output(): string; stop(): Promise<void> };

export const admin = { email: "admin@kept.example", password: "correct horse battery staple" };

type Options = { catalogue?: boolean; env?: Record<string, string> };

/**
 * Starts the production server on a free port, on a database of its own: with the catalogue, unless told otherwise, and
 * with `admin` as its first account. The first start builds the app. Stop it when done.
 */
export async function startApp({ catalogue = true, env = {} }: Options = {}): Promise<RunningApp> {
  const database = await copyDatabase({ catalogue });
  const folder = await mkdtemp(path.join(os.tmpdir(), "kept-app-"));
  const port = String(await freePort());
  const { DATABASE_URL: _url, KEPT_OWNER_URL: _owner, NODE_ENV: _mode, VITEST: _vitest, ...inherited } = process.env;
  const child = spawn(process.execPath, ["lib/start/run.ts", "start"], {
    env: {
      ...inherited,
      PORT: port,
      DATABASE_URL: database.ownerUrl,
      KEPT_DATA: folder,
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
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  if (!opened) {
    await stop();
    throw new Error(`The app did not start:\n${output}`);
  }
  return { url: `http://localhost:${port}`, ownerUrl: database.ownerUrl, output: () => output, stop };
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
