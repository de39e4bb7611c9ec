import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { inputsOf } from "./commands.ts";
import { at, fittingInput, type Known, placesIn, sent, withAt } from "./generate.ts";
import { knownOf } from "./known.ts";
import { stateOf } from "./state.ts";
import { underAttack } from "./under-attack.ts";

/**
 * What is sent beside what was asked for, and objects where a text is due. What stands against it: every
 * schema's `z.strictObject`, and that no field of one is `z.any()`.
 */

const app = underAttack();

let known: Known;
let inputs: { name: string; input: z.ZodType; fitting: Record<string, unknown> }[];
/** Every field and relation that the tables have, and what reaches into objects. */
let everything: string[];

beforeAll(async () => {
  known = await knownOf(app);
  const found = await inputsOf(app.actions());
  inputs = found.map((each) => ({ ...each, fitting: fittingInput(each.input, known) ?? {} }));
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const fields = [...schema.matchAll(/^ {2}(\w+)\s+\w+/gm)].map(([, name = ""]) => name);
  const columns = [...schema.matchAll(/@map\("(\w+)"\)/g)].map(([, name = ""]) => name);
  everything = [
    ...new Set([
      ...fields,
      ...columns,
      "constructor",
      "prototype",
      "toString",
      "data",
      "where",
      "include",
      "select",
      "AND",
      "OR",
      "NOT",
    ]),
  ];
});

const ends = (problem: unknown) => (problem as { error?: { fields?: Record<string, string[]> } }).error?.fields ?? {};

test("every action's command is known, and an input that fits it", () => {
  const without = app.actions().filter(({ name }) => !inputs.some((each) => each.name === name));
  // Signing in takes forms and passkeys, and no command by itself; a report's issuing is told where the app is open.
  const others = without.filter(({ file, name }) => !file.startsWith("lib/people/") && name !== "issueReport");
  expect(others.map(({ name }) => name)).toEqual([]);
  expect(inputs.length).toBeGreaterThan(70);
  const unfit = inputs.filter(({ input, fitting }) => !input.safeParse(fitting).success).map(({ name }) => name);
  expect(unfit).toEqual([]);
});

describe("fields that an input does not have", () => {
  test("are refused, each of them, at every depth", () => {
    for (const { name, input, fitting } of inputs) {
      const objects = placesIn(fitting).filter((place) => isPlain(at(fitting, place)));
      for (const place of objects) {
        const here = at(fitting, place) as object;
        const more = everything.filter((field) => !Object.hasOwn(here, field) && !isAsked(input, place, field));
        const given = { ...here, ...Object.fromEntries(more.map((field) => [field, "x"])) };
        const refused = input.safeParse(withAt(fitting, place, given)).error?.issues ?? [];
        const named = refused.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
        expect(named, `${name}: ${place.join(".")}`).toEqual(expect.arrayContaining(more));
        const polluted = withAt(
          fitting,
          place,
          JSON.parse(JSON.stringify(here).replace(/^{/, '{"__proto__":{"polluted":true},').replace(",}", "}")),
        );
        const parsed = input.safeParse(polluted);
        if (parsed.success) expect(JSON.stringify(parsed.data), name).not.toContain('"polluted"');
      }
    }
  });

  test("are refused by the running app, and change nothing", async () => {
    const before = await stateOf(app.ownerUrl());
    for (const { name, fitting } of inputs) {
      const more = Object.fromEntries(everything.filter((field) => !(field in fitting)).map((field) => [field, null]));
      const answer = await app.call(
        name,
        [{ ...more, ...fitting, admin: fitting.admin ?? true, owned: [] }],
        app.people.admin,
      );
      expect(answer, name).toMatchObject({ ok: false, error: { status: 422 } });
      expect(JSON.stringify(ends(answer)), name).toContain("errors.unknownParameter");
    }
    expect(await stateOf(app.ownerUrl())).toEqual(before);
  });
});

/** What a query language, or an update, would take for more than a value. */
const operators: unknown[] = [
  {},
  { not: null },
  { contains: "" },
  { in: [] },
  { $ne: null },
  { set: "x" },
  { increment: 1 },
  { path: [], equals: null },
  { toString: "x", valueOf: 1 },
  [],
  ["x"],
  [[]],
  [{ not: null }],
];

describe("objects and lists where one value is due", () => {
  test("are refused everywhere", () => {
    for (const { name, input, fitting } of inputs) {
      for (const place of scalarsIn(fitting)) {
        for (const operator of operators) {
          const parsed = input.safeParse(withAt(fitting, place, operator));
          const path = `${name}: ${place.join(".")} as ${JSON.stringify(operator)}`;
          // A list is a list where one may stand instead of the lines of a text.
          if (parsed.success) expect([path, Array.isArray(operator)]).toEqual([path, true]);
        }
      }
    }
  });

  test("are refused by the running app, and change nothing, nor does what React's wire format makes of a text", async () => {
    const before = await stateOf(app.ownerUrl());
    const wire = [
      "$undefined",
      "$n5",
      "$NaN",
      "$Infinity",
      "$D2026-01-01T00:00:00.000Z",
      "$0",
      "$1:constructor",
      "$F1",
      "$K1",
    ];
    for (const { name, fitting } of inputs) {
      for (const place of scalarsIn(fitting).filter((path) => /id$|ids$|^\d+$/i.test(path.at(-1) ?? ""))) {
        for (const operator of [{ not: null }, ["x"], ...wire]) {
          const response = await app.post(name, [withAt(fitting, place, operator)], app.people.admin);
          const text = await response.text();
          expect(response.status, name).toBeLessThan(500);
          const path = `${name}: ${place.join(".")} as ${JSON.stringify(operator)}`;
          const missing = /"\$(undefined|NaN|Infinity)"/.test(JSON.stringify(operator));
          if (!missing) expect(text.includes('"ok":true'), path).toBe(false);
          expect(text, path).not.toContain('"status":500');
        }
      }
    }
    expect(await stateOf(app.ownerUrl())).toEqual(before);
  });
});

const isPlain = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const scalarsIn = (input: unknown) =>
  placesIn(input).filter((place) => place.length > 0 && typeof at(input, place) !== "object");

/** Whether the schema names that field at that place. */
function isAsked(schema: z.ZodType, place: readonly string[], field: string): boolean {
  type Inner = { type: string; shape?: Record<string, z.ZodType>; element?: z.ZodType; options?: z.ZodType[] };
  const { type, shape, element, options } = (sent(schema) as unknown as { _zod: { def: Inner } })._zod.def;
  const [name, ...rest] = place;
  // Whose keys are data.
  if (type === "record") return true;
  if (options) return options.some((option) => isAsked(option, place, field));
  if (name === undefined) return shape !== undefined && Object.hasOwn(shape, field);
  const next = element ?? shape?.[name];
  return next !== undefined && isAsked(next, rest, field);
}
