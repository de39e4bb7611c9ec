import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type MessageKey, translator } from "#lib/i18n/translator.ts";

// Errors carry their keys as strings, which the compiler can't check.
test("every key that an error carries has a message", () => {
  const t = translator("en");
  const missing = globSync("{app,components,lib}/**/*.{ts,tsx}").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/["'`]((?:[a-z]+\.)?errors(?:\.\w+)+)["'`]/g)]
      .map((match) => match[1] as MessageKey)
      .filter((key) => !t.has(key))
      .map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});
