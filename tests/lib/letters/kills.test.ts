import { expect, test } from "vitest";
import { makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { makeDue, runWithKills } from "#tests/support/kills.ts";

testDatabase();

// The same with 10,000 reminders and 200 kills: npm run bench:reminders.
test("workers that are killed while they plan and send miss nothing, and repeat only what the server had taken", async () => {
  await makeRegister();
  const [ownerUrl, databaseUrl] = [process.env.KEPT_OWNER_URL ?? "", process.env.DATABASE_URL ?? ""];
  const due = await makeDue({ ownerUrl, portfolioId, reminders: 500, people: 200 });
  const outcome = await runWithKills({ ownerUrl, databaseUrl, due, workers: 3, kills: 10, leaseSeconds: 6, delay: 50 });
  expect(outcome).toMatchObject({ due: 500, letters: 200, missed: [], strangers: [], twice: [], wrong: 0 });
  expect(outcome.kills).toHaveLength(10);
  for (const { killedAfter } of outcome.again) {
    expect(killedAfter).not.toBeNull();
    // After the server's yes, or while it was about to say so.
    expect(killedAfter).toBeGreaterThan(-1000);
    expect(killedAfter).toBeLessThan(5000);
  }
}, 90_000);
