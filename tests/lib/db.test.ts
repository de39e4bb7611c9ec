import pg from "pg";
import { expect, test } from "vitest";
import { everywhere, fetchBatches, openSnapshot, reading, sql } from "#lib/db.ts";
import { isAway } from "#lib/errors.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

/** Cuts every connection of this test's readers, as a restart of PostgreSQL does. */
async function cutting<R>(work: (cut: () => Promise<unknown>) => Promise<R>): Promise<R> {
  const admin = new pg.Client({ connectionString: process.env.KEPT_OWNER_URL });
  await admin.connect();
  try {
    return await work(() =>
      admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kept'",
      ),
    );
  } finally {
    await admin.end();
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const notAway = (error: unknown) => {
  if (!isAway(error)) throw error;
};

// Vitest fails the run for what is thrown outside of a query.
test("connections that are cut fail their own queries, and no later one", async () => {
  await cutting(async (cut) => {
    let [over, answered] = [false, 0];
    const asking = Array.from({ length: 12 }, async (_, at) => {
      while (!over) {
        await sql`SELECT ${at}::int, pg_sleep(${Math.random() / 100})`.then(() => answered++, notAway);
        await pause(at);
      }
    });
    for (let round = 0; round < 40; round++) {
      await pause(25);
      await cut();
    }
    over = true;
    await Promise.all(asking);
    expect(answered).toBeGreaterThan(0);
    // More than the pool has: every one of its connections has to serve again.
    const rows = await Promise.all(Array.from({ length: 100 }, (_, at) => sql`SELECT ${at}::int AS at`));
    expect(rows.map(([row]) => row?.at)).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });
});

test("a connection that is cut while it is reserved serves others again", async () => {
  await cutting(async (cut) => {
    for (let round = 0; round < 20; round++) {
      const reserved = await sql.reserve().catch(notAway);
      if (!reserved) continue;
      await cut();
      await reserved`SELECT 1`.catch(notAway);
      await expect(
        reserved`SELECT ${"a text that is longer than the driver keeps back ".repeat(50)}`,
      ).rejects.toSatisfy(isAway);
      reserved.release();
      await sql`SELECT 1`.catch(notAway);
    }
    const rows = await Promise.all(Array.from({ length: 100 }, (_, at) => sql`SELECT ${at}::int AS at`));
    expect(rows).toHaveLength(100);
  });
});

test("what cannot be asked fails alone, and nobody gets another's answer", async () => {
  const reader = { scope: [] };
  const many = Array.from({ length: 66_000 }, (_, at) => at);
  const tooMany = sql`SELECT 1 WHERE 1 IN ${sql(many)}`;
  const nothing = undefined as unknown as string;
  for (const refused of [() => reading(reader)`${tooMany}`, () => reading(reader)`SELECT ${nothing}`]) {
    // Each of the pool's connections is busy with others' questions meanwhile.
    const asked = Array.from({ length: 40 }, (_, at) => sql`SELECT ${at}::int AS at, pg_sleep(0.01)`);
    const refusals = Array.from({ length: 16 }, () =>
      expect(refused()).rejects.toThrow(/MAX_PARAMETERS_EXCEEDED|UNDEFINED_VALUE/),
    );
    const plain = Array.from({ length: 16 }, () => expect(sql`SELECT ${nothing}`).rejects.toThrow("UNDEFINED_VALUE"));
    expect((await Promise.all(asked)).map(([row]) => row?.at)).toEqual(asked.map((_, at) => at));
    await Promise.all([...refusals, ...plain]);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, async (_, at) => [
          (await sql`SELECT ${at}::int AS at`)[0]?.at,
          (await reading(reader)`SELECT ${at}::int AS at`)[0]?.at,
        ]),
      );
      expect(answers).toEqual(answers.map((_, at) => [at, at]));
    }
  }
});

test("a snapshot that is forgotten is ended by PostgreSQL: its connection serves others, and what reads on in it fails", async () => {
  const forgotten = await Promise.all(Array.from({ length: 4 }, () => openSnapshot(everywhere)));
  const beginning = forgotten.map(async ({ connection, end }) => {
    expect(await connection`SHOW idle_in_transaction_session_timeout`).toEqual([
      { idle_in_transaction_session_timeout: "1min" },
    ]);
    // Nobody is to wait for a minute here.
    await connection`SET LOCAL idle_in_transaction_session_timeout = '100ms'`;
    await connection`DECLARE numbers NO SCROLL CURSOR FOR SELECT generate_series(1, 3) AS number`;
    const batches = fetchBatches<{ number: number }>(connection, "numbers", 2);
    expect((await batches.next()).value).toEqual([{ number: 1 }, { number: 2 }]);
    return { batches, end };
  });
  const begun = await Promise.all(beginning);
  // They have all of the connections that there are for snapshots; pages are read on others.
  await Promise.all(Array.from({ length: 8 }, async () => (await openSnapshot(everywhere)).end()));
  for (const { batches, end } of begun) {
    await expect(batches.next()).rejects.toSatisfy(isAway);
    await end();
  }
  await Promise.all(Array.from({ length: 8 }, async () => (await openSnapshot(everywhere)).end()));
});
