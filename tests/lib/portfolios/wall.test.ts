import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Actor, systemActor } from "#lib/actor.ts";
import { command } from "#lib/command.ts";
import { assignOwner } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { reading, sql } from "#lib/db.ts";
import { NotFound } from "#lib/errors.ts";
import { closePools } from "#lib/pools.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { writer } from "#lib/writer.ts";
import { addActor, newRecord, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

/**
 * The second wall: what PostgreSQL itself keeps from whoever is no member of a portfolio, when a query has forgotten to ask.
 * Each test fails when the policies of the migration portfolio_wall are taken away, but for the first wall's, in
 * lib/command.ts: that one asks what the policies do not see.
 */

// One connection for everybody: what one leaves behind the next one would find.
process.env.KEPT_POOL = "1";
testDatabase({ catalogue: true });

const owner = () => process.env.KEPT_OWNER_URL ?? "";
const system = systemActor("test");
const real = "viet-nam-laos";
let here: Actor;
let there: Actor;
let elsewhere: string;

/** What belongs to no portfolio, each for its reason. */
const open = {
  people: ["person", "membership", "session", "half_sign_in", "totp", "recovery_code", "passkey", "api_token"],
  "people, before anybody is known": [
    "setup_link",
    "idempotency_key",
    "rate_limit",
    "security_setting",
    "identity",
    "oidc_attempt",
  ],
  "shared by all portfolios": ["sector", "party", "place", "holiday"],
  "a person's own": ["reminder_preference"],
  "the worker's, and an admin's to look at": ["job", "letter", "letter_file", "audit_seal"],
  "the migrations' own": ["_prisma_migrations"],
};

beforeAll(async () => {
  await recordPortfolio(system, { id: "other", name: text("Other"), prefix: "OTH" });
  ({ id: elsewhere } = await createCommitment(system, { ...newRecord, portfolioId: "other", sectorId: "health" }));
  here = await addActor("manager");
  await query(owner(), "DELETE FROM membership WHERE person_id = $1 AND portfolio_id = 'other'", [here.id]);
  there = await addActor("manager");
  await query(owner(), "DELETE FROM membership WHERE person_id = $1 AND portfolio_id <> 'other'", [there.id]);
  // As they are from now on: an actor is made of what the database says.
  [here, there] = [only(here, real), only(there, "other")];
});

const only = (actor: Actor, portfolioId: string): Actor => ({
  ...actor,
  roles: { [portfolioId]: "manager" },
  scope: [portfolioId],
});

const walled = async () =>
  (
    await query<{ name: string }>(
      owner(),
      `SELECT c.relname AS name FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
        WHERE c.relrowsecurity AND c.relforcerowsecurity ORDER BY 1`,
    )
  ).map(({ name }) => name);

test("every table stands behind it, or is named here with the reason why not", async () => {
  const tables = await query<{ name: string }>(
    owner(),
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  const bare = tables.map(({ name }) => name).filter((name) => !behind.includes(name));
  expect(bare.filter((name) => !Object.values(open).flat().includes(name))).toEqual([]);
});
let behind: string[] = [];
beforeAll(async () => {
  behind = await walled();
});

test("whoever asks without saying who they are sees nothing of any portfolio", async () => {
  for (const table of behind.filter((name) => name !== "audit_event"))
    expect(await sql`SELECT FROM ${sql(table)} LIMIT 1`, table).toHaveLength(0);
  expect(await sql`SELECT FROM audit_event WHERE portfolio_id IS NOT NULL LIMIT 1`).toHaveLength(0);
});

test("a query without any filter finds what is the reader's own", async () => {
  const all = await everything<
    { portfolio: string }[]
  >`SELECT DISTINCT portfolio_id AS portfolio FROM commitment ORDER BY 1`;
  expect(all.map(({ portfolio }) => portfolio)).toEqual(["other", real]);
  for (const [actor, own] of [
    [here, real],
    [there, "other"],
  ] as const) {
    for (const table of ["commitment", "source", "meeting", "indicator", "reminder_rule"]) {
      const found = await reading(actor)<
        { portfolio: string }[]
      >`SELECT DISTINCT portfolio_id AS portfolio FROM ${sql(table)}`;
      expect(
        found.every(({ portfolio }) => portfolio === own),
        table,
      ).toBe(true);
    }
    expect((await listPortfolios(actor)).map(({ id }) => id)).toEqual([own]);
  }
  for (const table of ["citation", "instrument", "observation", "target", "erratum"]) {
    const rowsOf = (actor: Actor) => reading(actor)`SELECT FROM ${sql(table)} LIMIT 1`;
    expect(
      [await rowsOf(there), await rowsOf(here)].map(({ length }) => length),
      table,
    ).toEqual([0, 1]);
  }
});

test("nothing bleeds from one to the next on one connection, whoever fails in between", async () => {
  const count = async (actor: Actor) =>
    (await reading(actor)<{ count: number }[]>`SELECT count(*)::int AS count FROM commitment`)[0]?.count;
  const [mine, theirs] = [await count(here), await count(there)];
  expect(mine).not.toBe(theirs);
  const turns = Array.from({ length: 200 }, async (_, at) => {
    if (at % 5 === 4) {
      await expect(reading(here)`SELECT 1 / (count(*) - count(*)) FROM commitment`).rejects.toThrow("division by zero");
      return;
    }
    if (at % 7 === 6) return expect(await sql`SELECT FROM commitment LIMIT 1`).toHaveLength(0);
    expect(await count(at % 2 === 0 ? here : there)).toBe(at % 2 === 0 ? mine : theirs);
  });
  await Promise.all(turns);
  expect(await sql`SELECT current_setting('kept.portfolios', true) AS setting`).toEqual([{ setting: "" }]);
});

describe("a command", () => {
  test("does not find what is elsewhere, by whichever id", async () => {
    await expect(assignOwner(here, { id: elsewhere, version: 1, ownerId: null })).rejects.toThrow(NotFound);
    await expect(createCommitment(here, { ...newRecord, portfolioId: "other" })).rejects.toThrow(NotFound);
    await expect(assignOwner(there, { id: elsewhere, version: 1, ownerId: null })).resolves.toMatchObject({
      version: 1,
    });
  });

  test("has nothing for who is no member, even where neither its policy nor the rows say so", async () => {
    const careless = (found: object) =>
      command({
        verb: "commitment.careless",
        input: z.strictObject({ portfolioId: z.string().optional() }),
        load: async () => found,
        allow: () => true,
        run: async () => ({ changed: [], result: "done" }),
      });
    await expect(careless({})(here, { portfolioId: "other" })).rejects.toThrow(NotFound);
    await expect(careless({ portfolioId: "other" })(here, {})).rejects.toThrow(NotFound);
    await expect(careless({ portfolioId: "other" })(there, { portfolioId: "other" })).resolves.toBe("done");
  });

  test("leaves nothing behind for the next on its connection, done or failed", async () => {
    await closePools();
    await assignOwner(there, { id: elsewhere, version: 1, ownerId: null });
    expect(await writer().commitment.count()).toBe(0);
    await assignOwner(here, { id: elsewhere, version: 9, ownerId: null }).catch(() => {});
    expect(await writer().commitment.count()).toBe(0);
  });
});

test("the app's role can neither move a row to another portfolio, nor write or take away one there", async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query("SET kept.portfolios = 'other'");
  const moved = "UPDATE commitment SET portfolio_id = $1 WHERE id = $2";
  await expect(client.query(moved, [real, elsewhere])).rejects.toThrow("row-level security");
  const made =
    "INSERT INTO saved_view (id, portfolio_id, owner_id, name, query) VALUES (gen_random_uuid(), $1, $2, 'x', '')";
  await expect(client.query(made, [real, here.id])).rejects.toThrow("row-level security");
  expect((await client.query("DELETE FROM citation")).rowCount).toBe(0);
  expect((await client.query("UPDATE commitment SET version = 99")).rowCount).toBe(1);
  await client.query("UPDATE commitment SET version = 1");
  await client.end();
});

test("a party's new name reaches the records of every portfolio, whoever gives it", async () => {
  const { editParty } = await import("#lib/parties/commands.ts");
  const [party] = await everything<
    { id: string; version: number; kind: string; aliases: string[]; side: string | null }[]
  >`
    SELECT p.id, p.version, p.kind, p.aliases, p.side FROM party p JOIN commitment_party c ON c.party_id = p.id
    JOIN commitment r ON r.id = c.commitment_id WHERE r.portfolio_id = ${real} LIMIT 1`;
  const input = { ...party, name: text("Renamed from elsewhere"), parentId: null, iso: null };
  await editParty(there, input);
  const [found] = await everything<{ count: number }[]>`
    SELECT count(*)::int AS count FROM commitment WHERE portfolio_id = ${real} AND party_text ILIKE '%renamed%elsewhere%'`;
  expect(found?.count).toBeGreaterThan(0);
});
