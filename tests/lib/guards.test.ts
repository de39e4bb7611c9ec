import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { guards } from "#tests/attack/guards.ts";

test("every guard stands where the list of guards says, once, and has a test to notice that it is gone", () => {
  const astray = guards.filter(
    ({ file, text, noticed }) => !existsSync(noticed) || readFileSync(file, "utf8").split(text).length !== 2,
  );
  expect(astray.map(({ what, file }) => `${what}: ${file}`)).toEqual([]);
});
