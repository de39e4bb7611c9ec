import compile from "icu-minify/compile";
import { describe, expect, test } from "vitest";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";
import { messages, translator } from "#lib/i18n/translator.ts";

type Tree = { [step: string]: string | Tree };

function flatten(tree: Tree, path: string[] = []): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([step, child]) =>
    typeof child === "string" ? [[[...path, step].join("."), child]] : flatten(child, [...path, step]),
  );
}

// Vietnamese and Lao have no plural, so a plain argument is the same as one.
const plural = 2;

/** The arguments of a message, with what else than counting is done to each, and its tags. */
function argumentsOf(node: unknown, found = new Set<string>()): Set<string> {
  if (!Array.isArray(node)) return found;
  const [name, kind, ...rest] = node;
  if (typeof name === "string" && typeof kind === "number" && kind !== 0) {
    found.add(kind === plural ? name : `${name} ${kind}`);
    for (const option of Object.values(rest[0] ?? {})) for (const part of parts(option)) argumentsOf(part, found);
  } else if (typeof name === "string") {
    found.add(kind === undefined ? name : `<${name}>`);
    for (const part of node.slice(1)) argumentsOf(part, found);
  }
  return found;
}

const parts = (compiled: unknown) => (Array.isArray(compiled) ? compiled : []);
const wants = (text: string) => [...parts(compile(text)).reduce((found, node) => argumentsOf(node, found), new Set())];

const english = flatten(messages.en);

describe.each(locales)("messages in %s", (locale: Locale) => {
  const all = flatten(messages[locale]);

  test("are those of English, no more and no fewer", () => {
    expect(all.map(([key]) => key).sort()).toEqual(english.map(([key]) => key).sort());
  });

  test("take the same arguments as in English", () => {
    const mine = new Map(all);
    for (const [key, text] of english) {
      expect([key, wants(mine.get(key) ?? "").sort()]).toEqual([key, wants(text).sort()]);
    }
  });

  test("are neither empty nor padded, and in normal form C", () => {
    for (const [key, text] of all) {
      expect([key, text]).toEqual([key, text.trim().normalize("NFC")]);
      expect(text, key).not.toBe("");
    }
  });

  test("say the same in the browser as on the server", () => {
    const compiled = compiledMessages(locale, ["common"]);
    expect(compiled["common.save"]).toBe(translator(locale)("common.save"));
    expect(Object.keys(compiled)).toEqual(all.map(([key]) => key).filter((key) => key.startsWith("common.")));
  });
});

test("Lao is written in Lao letters, where it has words at all", () => {
  const spelled = /[\p{Script=Lao}]/u;
  // What is the same in every language: names, examples and signs.
  const bare = flatten(messages.lo).filter(([, text]) => !spelled.test(text));
  const same = new Map(english);
  expect(bare.filter(([key, text]) => same.get(key) !== text)).toEqual([]);
});

test("Lao am is one letter, so that a search finds it", () => {
  expect(flatten(messages.lo).filter(([, text]) => text.includes("\u0ecd\u0eb2"))).toEqual([]);
});
