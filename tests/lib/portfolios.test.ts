import { expect, test } from "vitest";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

testDatabase();

test("a portfolio is found as soon as it is there, also where another server process added it", async () => {
  expect(await findPortfolio(system, "later")).toBe(null);
  await query(
    process.env.KEPT_OWNER_URL ?? "",
    `INSERT INTO portfolio (id, name, prefix, demo) VALUES ('later', '{"en": "Later", "vi": "", "lo": ""}', 'LATE', true)`,
  );
  expect(await findPortfolio(system, "later")).toMatchObject({ prefix: "LATE" });
});
