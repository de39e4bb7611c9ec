import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type MessageKey, messages, translator } from "#lib/i18n/translator.ts";

const code = globSync("{app,components,lib}/**/*.{ts,tsx}").map((path) => ({ path, text: readFileSync(path, "utf8") }));

// Errors carry their keys as strings, which the compiler can't check.
test("every key that an error carries has a message", () => {
  const t = translator("en");
  const missing = code.flatMap(({ path, text }) =>
    [...text.matchAll(/["'`]((?:[a-z]+\.)?errors(?:\.\w+)+)["'`]/g)]
      .map((match) => match[1] as MessageKey)
      .filter((key) => !t.has(key))
      .map((key) => `${path}: ${key}`),
  );
  expect(missing).toEqual([]);
});

type Tree = { [step: string]: string | Tree };

const keysOf = (tree: Tree, path = ""): string[] =>
  Object.entries(tree).flatMap(([step, child]) =>
    typeof child === "string" ? [path + step] : keysOf(child, `${path}${step}.`),
  );

/** Those of a file that app/global-error.tsx reads as a whole, and those that a table has the beginning of. */
const otherwise = /^fatal\.|^register\.precision\./;

test("every message is named in the code, as a whole or but for what is worked out", () => {
  const all = code.map(({ text }) => text).join("\n");
  const named = new Set([...all.matchAll(/["'`](\w+(?:\.[\w-]+)+)["'`]/g)].map(([, key]) => key));
  const patterns = [...all.matchAll(/`(\w+\.(?:[\w.-]|\$\{[^}`]*\})+)`/g)]
    .filter(([, template]) => template?.includes("${"))
    .map(([, template = ""]) => new RegExp(`^${template.replaceAll(".", "\\.").replace(/\$\{[^}]*\}/g, ".+")}$`));
  const unused = keysOf(messages.en).filter(
    (key) => !named.has(key) && !otherwise.test(key) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});
