import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { command } from "#lib/command.ts";
import { NotFound, Unavailable } from "#lib/errors.ts";
import { closeWriter, writer } from "#lib/writer.ts";
import { addPerson, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

/** What comes between a command and the database is said as what it is, and is no failure of ours. */

testDatabase();

afterEach(async () => {
  delete process.env.KEPT_POOL;
  await closeWriter();
});

test("no connection that comes free in time: the database is away", async () => {
  await closeWriter();
  process.env.KEPT_POOL = "1";
  const look = command({
    verb: "test.look",
    input: z.strictObject({}),
    load: async () => ({}),
    allow: () => true,
    run: async () => ({ changed: [], result: undefined }),
  });
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const other = writer().$transaction(() => held, { timeout: 60_000 });
  await expect(look(system, {})).rejects.toBeInstanceOf(Unavailable);
  letGo();
  await other;
  await look(system, {});
});

test("somebody else took it away between the look and the change: it is not there", async () => {
  const { id } = await addPerson();
  await query(
    process.env.KEPT_OWNER_URL ?? "",
    `INSERT INTO session (id, token_hash, person_id, expires_at) VALUES (gen_random_uuid(), '\\x00', $1, now())`,
    [id],
  );
  const note = command({
    verb: "test.note",
    input: z.strictObject({}),
    locks: true,
    load: ({ tx }) => tx.session.findFirst(),
    allow: () => true,
    run: async ({ tx, now }, { id: session }) => {
      await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM session");
      await tx.session.update({ where: { id: session }, data: { lastSeenAt: now } });
      return { changed: [], result: undefined };
    },
  });
  await expect(note(system, {})).rejects.toBeInstanceOf(NotFound);
});
