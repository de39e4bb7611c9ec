import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { operations } from "#lib/api/operations.ts";

/** What the screens can do, the API can: each command behind a server action is an operation's, or it is said here why not. */

const browserOnly = "Signing in, out and up is a browser's: it ends in a cookie.";
const ownHands =
  "Passwords, second factors and tokens are made and shown by their own hands, in a browser, after showing who one is.";

const without: Record<string, string> = {
  ...Object.fromEntries(
    ["signIn", "signInStep", "signInAgain", "signInAgainStep", "askForPasskey", "signInByPasskey"].map((name) => [
      name,
      browserOnly,
    ]),
  ),
  ...Object.fromEntries(["setUp", "setPassword", "forgotPassword"].map((name) => [name, browserOnly])),
  ...Object.fromEntries(
    ["changePassword", "createOwnToken", "beginTotp", "confirmTotp", "removeTotp", "renewRecoveryCodes"].map((name) => [
      name,
      ownHands,
    ]),
  ),
  ...Object.fromEntries(
    ["beginPasskey", "addPasskey", "removePasskey", "waysToConfirm", "confirmByPassword", "confirmByCode"].map(
      (name) => [name, ownHands],
    ),
  ),
  ...Object.fromEntries(["askToConfirm", "confirmByPasskey"].map((name) => [name, ownHands])),
  ...Object.fromEntries(["signInElsewhere", "comeBack"].map((name) => [name, browserOnly])),
  ...Object.fromEntries(["connectElsewhere", "disconnectElsewhere"].map((name) => [name, ownHands])),
};

/** Commands that an action does under another name. */
const renamed: Record<string, string> = { commentOnReport: "comment", issueReport: "issuing" };

const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|[/-])actions\.ts$/.test(file))
  .map((file) => path.join("lib", file));

test("every server action's command is an operation's, or it is said why not", async () => {
  const commands = new Set<unknown>();
  for (const operation of Object.values(operations)) {
    if (operation.method === "GET") continue;
    commands.add(operation.at ?? operation.command);
  }
  const { readFile } = await import("node:fs/promises");
  const lacking: string[] = [];
  const needless: string[] = [];
  let seen = 0;
  for (const file of files) {
    const text = await readFile(file, "utf8");
    const imports = new Map(
      [...text.matchAll(/import \* as (\w+) from "([^"]+)"/g)].map(([, name = "", from = ""]) => [name, from]),
    );
    for (const [, name = ""] of text.matchAll(/^export (?:const|async function) (\w+)/gm)) {
      seen += 1;
      const wanted = renamed[name] ?? name;
      const modules = await Promise.all(
        [...imports.values()].map(
          (from): Promise<Record<string, unknown>> =>
            import(from.startsWith("#") ? from : path.resolve(path.dirname(file), from)),
        ),
      );
      const has = modules.some((module) => wanted in module && commands.has(module[wanted]));
      if (!has && !without[name]) lacking.push(`${file}: ${name}`);
      if (has && without[name]) needless.push(name);
    }
  }
  expect(lacking).toEqual([]);
  expect(needless).toEqual([]);
  expect(seen).toBeGreaterThan(120);
});
