import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { migrate } from "#lib/start/migrate.ts";
import { appRole, prepareRoles } from "#lib/start/roles.ts";
import { readMigrations } from "#lib/start/schema-engine.ts";
import { copyDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await copyDatabase();
}, 60_000);
afterAll(() => database.drop());

async function ask(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe("the app's role", () => {
  test("reads and writes, and owns nothing", async () => {
    const [who] = await ask(
      database.appUrl,
      `select current_user as name, rolsuper or rolcreaterole or rolcreatedb as mighty,
        (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
        from pg_roles where rolname = current_user`,
    );
    expect(who).toEqual({ name: appRole, mighty: false, owns: 0 });
    await expect(ask(database.appUrl, "create table mine (id int)")).rejects.toMatchObject({ code: "42501" });
  });

  test.each(["update audit_event set verb = verb", "delete from audit_event", "truncate audit_event"])(
    "cannot %s",
    async (statement) => {
      await expect(ask(database.appUrl, statement)).rejects.toMatchObject({ code: "42501" });
    },
  );

  test.each(["alter table audit_event disable trigger all", "drop table audit_event", "set role postgres"])(
    "cannot %s",
    async (statement) => {
      await expect(ask(database.appUrl, statement)).rejects.toMatchObject({ code: "42501" });
    },
  );
});

describe("on a server that was given", () => {
  const name = `given_${process.pid}`;
  const asUser = () => {
    const url = new URL(database.ownerUrl);
    url.username = name;
    url.password = "given";
    return url.href;
  };
  const admin = () => inject("postgres").adminUrl;

  test("the user takes the role on, also when several starts prepare it at once", async () => {
    await ask(
      admin(),
      `create role ${name} login createrole password 'given'; grant ${appRole} to ${name} with admin option, set false`,
    );
    const prepared = await Promise.all([1, 2, 3].map(() => prepareRoles(asUser(), { log: () => {} })));
    for (const { appUrl } of prepared) {
      expect(await ask(appUrl, "select current_user::text as as, session_user::text as by")).toEqual([
        { as: appRole, by: name },
      ]);
    }
    await ask(admin(), `drop role ${name}`);
  });

  test("a user who may not is told so, and runs as itself", async () => {
    await ask(admin(), `create role ${name} login password 'given'`);
    const said: string[] = [];
    const { appUrl } = await prepareRoles(asUser(), { log: (line) => said.push(line) });
    expect(appUrl).toBe(asUser());
    expect(said).toEqual([expect.stringContaining(`CREATE ROLE ${appRole}`)]);
    await ask(admin(), `drop role ${name}`);
  });
});

describe("migrations", () => {
  test("of two starts at once are applied once, and leave Prisma's own record", async () => {
    const fresh = `fresh_${process.pid}`;
    await ask(inject("postgres").adminUrl, `create database ${fresh}`);
    const url = new URL(database.ownerUrl);
    url.pathname = `/${fresh}`;
    const log = () => {};
    const applied = (await Promise.all([migrate(url.href, log), migrate(url.href, log)])).flat();
    expect(applied.length).toBeGreaterThan(0);
    expect(new Set(applied).size).toBe(applied.length);
    const rows = await ask(url.href, "select migration_name, applied_steps_count from _prisma_migrations order by 1");
    expect(rows).toEqual(applied.map((migration_name) => ({ migration_name, applied_steps_count: 1 })));
    expect(await migrate(url.href, log)).toEqual([]);
    await ask(inject("postgres").adminUrl, `drop database ${fresh}`);
  });

  test("are applied by an owner who is no superuser, for whom the wall then stands as well", async () => {
    const [name, fresh] = [`modest_${process.pid}`, `modest_${process.pid}`];
    const admin = inject("postgres").adminUrl;
    await ask(admin, `create role ${name} login password 'given'`);
    await ask(admin, `create database ${fresh} owner ${name}`);
    const url = new URL(database.ownerUrl);
    url.pathname = `/${fresh}`;
    // Extensions that are not trusted are an administrator's to make.
    await ask(url.href, "create extension if not exists unaccent");
    Object.assign(url, { username: name, password: "given" });
    await ask(url.href, "create table _prisma_migrations (id text)");
    for (const { migrationFile } of (await readMigrations()).migrationDirectories)
      if (migrationFile.content.tag === "ok")
        await ask(url.href, `set kept.portfolios = '*'; ${migrationFile.content.value}`);
    const portfolio = "insert into portfolio (id, name, prefix) values ('one', '{}', 'ONE')";
    await expect(ask(url.href, portfolio)).rejects.toThrow("row-level security");
    await ask(url.href, `begin; set local kept.portfolios = '*'; ${portfolio}; commit`);
    expect(await ask(url.href, "select from portfolio")).toHaveLength(0);
    await ask(admin, `drop database ${fresh}`);
    await ask(admin, `drop role ${name}`);
  });
});
