import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { access, chown, link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findPlace, type Place } from "#lib/start/place.ts";
import { StartError } from "#lib/start/problem.ts";

/**
 * The app's own PostgreSQL. Several processes may use one data folder at once (the app, a command beside it): whoever
 * comes first starts the server, each holds a shared advisory lock while using it, and the last one to leave stops it.
 * So nothing depends on whose child it is, and a server that outlived a killed app is simply found again.
 */
export type OwnPostgres = {
  /** A URL for a database of this server, as its superuser. */
  adminUrl(database: string): string;
  appPassword: string;
  /** Stops the server unless another process still uses it. */
  release(): Promise<void>;
};

type Options = {
  dataFolder: string;
  log: (line: string) => void;
  /** Data that nobody will miss: no waiting for the disk. For tests. */
  throwaway?: boolean;
};

type Secrets = { admin: string; app: string };
type Running = { pid: number; port: number };

/** The lock's name: "kept" as a number. */
const inUse = 0x6b657074;
const patience = 60_000;

export async function ownPostgres({ dataFolder, log, throwaway = false }: Options): Promise<OwnPostgres> {
  const place = await findPlace(path.resolve(dataFolder), log);
  const data = path.join(place.folder, "data");
  const secrets = await readSecrets(place);
  if (!(await exists(path.join(data, "PG_VERSION")))) {
    log(`Creating the database in ${place.folder} ...`);
    await createCluster(place, data, secrets);
  }
  const version = (await readFile(path.join(data, "PG_VERSION"), "utf8")).trim();
  if (version !== "18") throw new StartError(`${data} belongs to PostgreSQL ${version}, and Kept brings 18.`);

  let leaving = false;
  let session = await enter();

  /** Connects to the running server, or starts one, and holds the lock that says so. */
  async function enter(): Promise<{ client: pg.Client; running: Running }> {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      const running = (await findRunning(data)) ?? (await startServer(place, data, throwaway));
      const client = running && (await connect(running, secrets));
      if (client) {
        watch(client);
        return { client, running };
      }
      await sleep(100);
    }
    throw new StartError(`PostgreSQL did not start within a minute: see ${path.join(place.folder, "server.log")}.`);
  }

  function watch(client: pg.Client) {
    client.once("end", () => {
      if (leaving) return;
      log("The database stopped unexpectedly: starting it again ...");
      enter().then(
        (entered) => {
          session = entered;
          log("The database is back.");
        },
        (error) => log(error.message),
      );
    });
  }

  return {
    adminUrl: (database) => `postgresql://postgres:${secrets.admin}@127.0.0.1:${session.running.port}/${database}`,
    appPassword: secrets.app,
    async release() {
      leaving = true;
      const { client, running } = session;
      const last = await client.query("select pg_try_advisory_lock($1) as last", [inUse]).then(
        ({ rows }) => rows[0].last as boolean,
        () => false,
      );
      if (last) await stopServer(place, data, running);
      await client.end().catch(() => {});
    },
  };
}

async function readSecrets({ folder }: Place): Promise<Secrets> {
  const file = path.join(folder, "secrets.json");
  if (!(await exists(file))) {
    const secret = () => randomBytes(24).toString("hex");
    const fresh = `${file}.${randomBytes(4).toString("hex")}`;
    await writeFile(fresh, JSON.stringify({ admin: secret(), app: secret() } satisfies Secrets), { mode: 0o600 });
    // Of two first starts at once, one wins, whole.
    await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await rm(fresh);
  }
  return JSON.parse(await readFile(file, "utf8"));
}

async function createCluster(place: Place, data: string, secrets: Secrets) {
  const fresh = path.join(place.folder, `new-${randomBytes(4).toString("hex")}`);
  const password = `${fresh}.password`;
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(password, secrets.admin, { mode: 0o600 });
  if (place.user) {
    await chown(fresh, place.user.uid, place.user.gid);
    await chown(password, place.user.uid, place.user.gid);
  }
  const flags =
    "--username=postgres --auth=scram-sha-256 --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8";
  const made = spawnSync(program(place, "initdb"), [...flags.split(" "), `--pgdata=${fresh}`, `--pwfile=${password}`], {
    ...place.user,
    cwd: place.folder,
    env: serverEnvironment(),
    encoding: "utf8",
  });
  await rm(password);
  if (made.status !== 0) {
    await rm(fresh, { recursive: true });
    throw new StartError(`PostgreSQL could not create its data folder: ${made.error?.message ?? made.stderr.trim()}`);
  }
  await rename(fresh, data).catch(async (error: NodeJS.ErrnoException) => {
    await rm(fresh, { recursive: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  });
}

/** The server that postmaster.pid names, if it still runs. */
async function findRunning(data: string): Promise<Running | undefined> {
  const file = path.join(data, "postmaster.pid");
  const lines = await readFile(file, "utf8").then(
    (text) => text.split("\n"),
    () => [],
  );
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !isAlive(pid)) return undefined;
  if (await isServer(pid, data)) return { pid, port };
  // The number has a new bearer, after a restart of the machine, say. PostgreSQL would take that for itself, and not start.
  await rm(file, { force: true });
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

async function isServer(pid: number, data: string): Promise<boolean> {
  if (process.platform === "linux") {
    const [name = "", flag, folder] = await readFile(`/proc/${pid}/cmdline`, "utf8").then(
      (text) => text.split("\0"),
      () => [],
    );
    return name.endsWith("postgres") && flag === "-D" && folder === data;
  }
  const command = process.platform === "win32" ? "tasklist" : "ps";
  const flags = process.platform === "win32" ? ["/FI", `PID eq ${pid}`] : ["-o", "command=", "-p", String(pid)];
  return spawnSync(command, flags, { encoding: "utf8" }).stdout.includes("postgres");
}

/** Starts the server and waits until it listens. Undefined when it gave up because another start was faster. */
async function startServer(place: Place, data: string, throwaway: boolean): Promise<Running | undefined> {
  const port = await freePort(path.join(place.folder, "port"));
  const logFile = path.join(place.folder, "server.log");
  const logSize = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  if (logSize > 10_000_000) await rename(logFile, `${logFile}.1`);
  const output = openSync(logFile, "a", 0o600);
  const flags = Object.entries(settings(port, throwaway)).map(([name, value]) => `--${name}=${value}`);
  // A session of its own: Ctrl-C is for the app, which finishes its requests before it stops the database.
  const child = spawn(program(place, "postgres"), ["-D", data, ...flags], {
    ...place.user,
    cwd: place.folder,
    env: serverEnvironment(),
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  child.unref();
  let ended = false;
  child.once("error", () => (ended = true));
  child.once("exit", () => (ended = true));
  const deadline = Date.now() + patience;
  while (!ended && Date.now() < deadline) {
    const [pid, , , itsPort, , , , status] = await readFile(path.join(data, "postmaster.pid"), "utf8").then(
      (text) => text.split("\n"),
      () => [],
    );
    if (Number(pid) === child.pid && status?.trim() === "ready") return { pid: Number(pid), port: Number(itsPort) };
    await sleep(20);
  }
  return undefined;
}

/** What suits a small server; never less than full durability, except for data that nobody will miss. */
function settings(port: number, throwaway: boolean): Record<string, string | number> {
  const disk = throwaway ? "off" : "on";
  return {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    effective_cache_size: "1GB",
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    max_wal_size: "2GB",
    random_page_cost: 1.1,
    // Compiling a query, or spreading it over processes, takes longer than any query of ours.
    jit: "off",
    max_parallel_workers_per_gather: 0,
    io_method: "sync",
    fsync: disk,
    synchronous_commit: disk,
    full_page_writes: disk,
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] ",
    log_parameter_max_length_on_error: 0,
  };
}

async function connect({ port }: Running, { admin }: Secrets): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: "postgres",
    password: admin,
    database: "postgres",
    application_name: "kept in use",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    // Waits, and then fails with the connection, while the one before us stops the server.
    await client.query("select pg_advisory_lock_shared($1)", [inUse]);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if ((error as { code?: string }).code === "28P01") {
      throw new StartError(
        "The database's password is not the one in secrets.json beside its data: one of the two was replaced.",
      );
    }
    return undefined;
  }
}

async function stopServer(place: Place, data: string, { pid }: Running) {
  const signal = (name: NodeJS.Signals) => {
    if (process.platform === "win32") {
      spawnSync(program(place, "pg_ctl"), ["stop", "-D", data, "-m", "fast", "-W"]);
      return;
    }
    try {
      process.kill(pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  // Fast shutdown: transactions are rolled back, a checkpoint is written. Immediate if that hangs.
  for (const [name, time] of [
    ["SIGINT", 30_000],
    ["SIGQUIT", 10_000],
  ] as const) {
    signal(name);
    const deadline = Date.now() + time;
    while (Date.now() < deadline) {
      if (!isAlive(pid) || !(await isServer(pid, data))) return;
      await sleep(20);
    }
  }
}

/** The port of last time if it is free, so that connection pools find the server again after a crash. */
async function freePort(file: string): Promise<number> {
  const before = Number(await readFile(file, "utf8").catch(() => "0"));
  const port = (before && (await tryPort(before))) || (await tryPort(0));
  await writeFile(file, String(port), { mode: 0o600 });
  return port;
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(0));
    probe.listen(port, "127.0.0.1", () => {
      const { port: found } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}

function program({ programs }: Place, name: "initdb" | "postgres" | "pg_ctl") {
  return path.join(programs, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { NODE_ENV: "production", PATH, SystemRoot, TEMP, LC_ALL: "C", TZ: "UTC" };
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
