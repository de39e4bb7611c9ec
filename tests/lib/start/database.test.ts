import { expect, test } from "vitest";
import { sql } from "#lib/db.ts";
import { useDatabase } from "#tests/support/database.ts";

useDatabase({ catalogue: true });

test("a database of its own with the catalogue in it", async () => {
  const [{ count }] = await sql`select count(*)::int from commitment`;
  expect(count).toBeGreaterThan(0);
});
