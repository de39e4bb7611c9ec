import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OwnPostgres, ownPostgres } from "#lib/start/postgres.ts";

let dataFolder: string;
const open: OwnPostgres[] = [];
const lines: string[] = [];

async function start(): Promise<OwnPostgres> {
  const own = await ownPostgres({ dataFolder, log: (line) => lines.push(line) });
  open.push(own);
  return own;
}

async function ask(own: OwnPostgres, statement: string) {
  const client = new pg.Client({ connectionString: own.adminUrl("postgres") });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const postmaster = async () =>
  Number((await readFile(path.join(dataFolder, "postgres/data/postmaster.pid"), "utf8")).split("\n")[0]);

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(os.tmpdir(), "kept-postgres-"));
  lines.length = 0;
});

afterEach(async () => {
  for (const own of open.splice(0)) await own.release();
  await rm(dataFolder, { recursive: true });
});

test("keeps what was acknowledged, in UTF-8, for those who have the password, on this machine only", async () => {
  const own = await start();
  const [row] = await ask(
    own,
    `select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as durable,
      current_setting('listen_addresses') as listens, current_setting('server_encoding') as encoding,
      (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'template1') as locale`,
  );
  expect(row).toEqual({ durable: "ononon", listens: "127.0.0.1", encoding: "UTF8", locale: "b C.UTF-8" });
  expect((await stat(path.join(dataFolder, "postgres/secrets.json"))).mode & 0o777).toBe(0o600);
  const wrong = new URL(own.adminUrl("postgres"));
  wrong.password = "postgres";
  await expect(new pg.Client({ connectionString: wrong.href }).connect()).rejects.toMatchObject({ code: "28P01" });
});

test("is stopped by the last who uses it, and found again", async () => {
  const first = await start();
  await ask(first, "create table kept (id int); insert into kept values (1)");
  const pid = await postmaster();
  const second = await start();
  expect(await postmaster()).toBe(pid);
  await first.release();
  expect(await ask(second, "select * from kept")).toEqual([{ id: 1 }]);
  await second.release();
  // A process that has ended may wait for a moment until its parent has seen it.
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(await ask(await start(), "select * from kept")).toEqual([{ id: 1 }]);
});

test("two first starts at once make one database", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(one?.adminUrl("postgres")).toBe(other?.adminUrl("postgres"));
});

test("killed under use, it comes back at the same address with every acknowledged row", async () => {
  const own = await start();
  await ask(own, "create table kept (id int)");
  const before = own.adminUrl("postgres");
  await ask(own, "insert into kept select generate_series(1, 1000)");
  process.kill(await postmaster(), "SIGKILL");
  while (!lines.includes("The database is back.")) await sleep(50);
  expect(own.adminUrl("postgres")).toBe(before);
  expect(await ask(own, "select count(*)::int as rows from kept")).toEqual([{ rows: 1000 }]);
});

test("a stale pid file, even of a number that another process now has, is no hindrance", async () => {
  const own = await start();
  await ask(own, "create table kept (id int)");
  const pid = await postmaster();
  const { writeFile } = await import("node:fs/promises");
  const file = path.join(dataFolder, "postgres/data/postmaster.pid");
  const text = await readFile(file, "utf8");
  await own.release();
  await expect.poll(() => isAlive(pid)).toBe(false);
  await writeFile(file, text.replace(String(pid), String(process.pid)));
  expect(await ask(await start(), "select count(*)::int as rows from kept")).toEqual([{ rows: 0 }]);
});
