import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// A zone of 45-minute offsets, whose daylight saving time is not the team's: whoever mixes up zones is found out.
process.env.TZ = "Pacific/Chatham";

export default defineConfig({
  test: {
    globalSetup: "tests/support/postgres.ts",
    // Most of a test is waiting for the database or the browser: two at a time even where Vitest would take one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "lib",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/{e2e,attack}/**"],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/{e2e,attack}/**/*.test.ts"],
          setupFiles: "tests/support/witnessed.ts",
          testTimeout: 60_000,
          // The first file builds the app.
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
