import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import { hashSecret } from "#lib/actor.ts";
import { closePools } from "#lib/pools.ts";
import { createDatabase } from "#lib/start/database.ts";
import type { Life } from "#lib/start/lifetime.ts";
import { migrate } from "#lib/start/migrate.ts";
import { type OwnPostgres, ownPostgres } from "#lib/start/postgres.ts";
import { prepareRoles } from "#lib/start/roles.ts";
import { main as seedDemo } from "#prisma/demo/main.ts";
import { seed } from "#prisma/seed.ts";

/** Databases of demonstration records, and the production app on one of them. */

const log = (line: string) => console.error(line);

/** A PostgreSQL like the app's own, beside it: `bench` in the data folder. What it holds is used again the next time. */
export async function openPostgres(dataFolder: string, life: Life): Promise<OwnPostgres> {
  const own = await ownPostgres({ dataFolder: path.join(dataFolder, "bench"), log });
  life.atEnd(own.release);
  return own;
}

/** The URL, as owner, of a migrated database with the catalogue and so many demonstration records; filled if need be. */
export async function filled(own: OwnPostgres, size: number): Promise<string> {
  const name = `bench_${size}`;
  await createDatabase(own.adminUrl("postgres"), name);
  const ownerUrl = own.adminUrl(name);
  const { appUrl } = await prepareRoles(ownerUrl, { password: own.appPassword, log });
  await migrate(ownerUrl, log);
  Object.assign(process.env, { DATABASE_URL: appUrl, KEPT_OWNER_URL: ownerUrl });
  await seed({ log });
  await closePools();
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    ownerUrl,
    "SELECT count(*)::int FROM commitment WHERE portfolio_id = 'demo'",
  );
  // People grow with the records, so that a list of one person's records is a full page at every size.
  if (count === 0) await seedDemo(["--commitments", `${size}`, "--users", `${Math.max(2, size / 500)}`]);
  else if (count !== size)
    throw new Error(`${name} has ${count} demonstration records: delete the folder ${path.join("bench", "postgres")}`);
  await query(ownerUrl, "VACUUM ANALYZE");
  await query(ownerUrl, "CHECKPOINT");
  return ownerUrl;
}

/** Somebody with that role, signed in: the cookie of a session that began now. */
export async function signIn(ownerUrl: string, role: "editor" | "manager"): Promise<string> {
  const [id, secret] = [randomUUID(), randomBytes(32).toString("base64url")];
  await query(ownerUrl, "INSERT INTO person (id, email, name) VALUES ($1, $2, 'Bench')", [id, `${id}@demo.invalid`]);
  await query(ownerUrl, "INSERT INTO membership (person_id, portfolio_id, role) SELECT $1, id, $2 FROM portfolio", [
    id,
    role,
  ]);
  await query(
    ownerUrl,
    "INSERT INTO session (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')",
    [randomUUID(), hashSecret(secret), id],
  );
  return `kept=${secret}`;
}

/** The app as `npm start` runs it, with two workers. `memory`: megabytes of its processes, shared pages shared out (PSS). */
type App = { url: string; memory(): number; stop(): Promise<void> };

export async function startApp(ownerUrl: string, life: Life): Promise<App> {
  const port = await freePort();
  const child = spawn(process.execPath, ["lib/start/run.ts", "start"], {
    env: { ...process.env, NODE_ENV: "production", PORT: `${port}`, DATABASE_URL: ownerUrl, KEPT_WORKERS: "2" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  life.atEnd(stop);
  const open = new Promise<boolean>((resolve) => {
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Kept is open at")) resolve(true);
    });
  });
  if (!(await Promise.race([open, gone.then(() => false)]))) throw new Error("The app did not start.");
  return { url: `http://127.0.0.1:${port}`, memory: () => memoryOf(child.pid ?? 0), stop };
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function memoryOf(pid: number): number {
  try {
    const own = Number(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" "),
    );
    return children.filter(Boolean).reduce((sum, child) => sum + memoryOf(Number(child)), own);
  } catch {
    // Gone meanwhile, or a system without /proc.
    return Number.NaN;
  }
}

export async function query<R extends pg.QueryResultRow>(
  ownerUrl: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}
