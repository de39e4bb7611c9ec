import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Schema } from "#lib/api/openapi.ts";
import { testDatabase } from "#tests/support/database.ts";
import { type SignedIn, signedIn } from "#tests/support/people.ts";
import { roles } from "#tests/support/routes.ts";
import { ask, bearer } from "./ask.ts";
import { asDescribed, described, document, jsonOf } from "./document.ts";
import type { Sample } from "./sample.ts";
import { samples } from "./samples.ts";
import { createWorld, type World } from "./world.ts";

/**
 * Whatever is sent to whichever operation, the answer is one that the description has, in time, and never a failure of
 * ours. KEPT_FUZZ says how many requests; bodies are what the schemas ask for, with things in them that nobody would ask for.
 */

testDatabase({ catalogue: true });

const runs = Number(process.env.KEPT_FUZZ || 2000);
/** Milliseconds. */
const patience = 2_000;

let people: SignedIn[];
/** Ids and keys that are there, so that some of what is sent gets past the first look. */
let known: string[];
let world: World;

beforeAll(async () => {
  const owner = process.env.KEPT_OWNER_URL ?? "";
  people = await Promise.all(roles.map((role) => signedIn(owner, role)));
  const admin = people.at(-1) as SignedIn;
  world = createWorld({ ask, admin, who: admin });
  const made = await Promise.all([world.record(), world.source(), world.meeting(), world.indicator(), world.view()]);
  known = [...made.map(({ id }) => id), admin.id, "laos", "attapeu", "health", "viet-nam-laos"];
}, 60_000);

const nasty = fc.constantFrom(
  ...["", " ", "\0", "a\0b", "\ud800", "\ufffe", "\u202e", "-1", "0", "1e309", "NaN", "null", "[]", "{}", "__proto__"],
  ...["constructor", "toString", "';DROP TABLE commitment;--", "%", "_", "\\", "../../etc/passwd", "infinity"],
  ...[
    "e\u0301\u0323",
    "ວຽງຈັນ",
    "Đường sắt",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "2026/2025",
    "XXXX",
    "Y-170000002",
  ],
  ...["<script>alert(1)</script>", "=1+1", "http://user:pass@host/", "javascript:alert(1)", "a".repeat(20_000)],
);
const text = fc.oneof(
  nasty,
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, 2 ** 53, -(2 ** 31) - 1, 2147483648, 1e20),
);
const anything = fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.dictionary(text, scalar, { maxKeys: 4 }));

/** What a schema asks for, and every now and then something else. */
function some(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: fitting(schema) }, { weight: 1, arbitrary: anything });
}

function fitting(schema: Schema): fc.Arbitrary<unknown> {
  const { $ref, enum: values, anyOf, type, format, properties } = schema;
  if (typeof $ref === "string") return fitting(document.components.schemas[$ref.split("/").at(-1) ?? ""] ?? {});
  if (Array.isArray(values)) return fc.constantFrom(...values);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((each: Schema) => some(each)));
  if (Array.isArray(type)) return fc.oneof(fc.constant(null), text);
  if (type === "array") return fc.array(some((schema.items ?? {}) as Schema), { maxLength: 4 });
  if (type === "object") return objectOf(properties ?? {});
  if (type === "integer") return fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(1, 1, 1));
  if (type === "number") return fc.double({ min: -1e6, max: 1e6, noNaN: true });
  if (type === "boolean") return fc.boolean();
  if (format === "uuid" || schema.pattern) return fc.oneof(known ? fc.constantFrom(...known) : text, fc.uuid(), text);
  const dates = fc.constantFrom("2026-12-31", "2026", "2026-04", "2021/2025", "2026~", "by 2030", "USD");
  return fc.oneof(text, dates);
}

const objectOf = (properties: Record<string, Schema>) =>
  fc
    .tuple(
      fc.record(Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, some(each)]))),
      fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.dictionary(text, scalar) }),
    )
    .map(([fields, more]) => ({ ...fields, ...more }));

const operations = described.filter(({ operationId }) => samples[operationId]);

test(
  `${runs} requests, whatever they are`,
  async () => {
    const request = fc.constantFrom(...operations).chain((operation) => {
      const within = (place: string) => operation.parameters.filter((each) => each.in === place);
      const values = (place: string) =>
        fc.record(Object.fromEntries(within(place).map(({ name, schema }) => [name, fitting(schema)])));
      const body = jsonOf(operation);
      const fields = fc.constantFrom(...Object.keys(body?.properties ?? { nothing: {} }));
      return fc.record({
        id: fc.constant(operation.operationId),
        who: fc.oneof(fc.constant(roles.length - 1), fc.nat({ max: roles.length - 1 })),
        path: values("path"),
        query: fc.oneof(values("query"), fc.dictionary(text, text, { maxKeys: 2 })),
        version: fc.oneof({ weight: 9, arbitrary: fc.constant('"1"') }, { weight: 1, arbitrary: headerText }),
        key: fc.option(fc.oneof(fc.constantFrom("a", "b"), headerText), { freq: 3 }),
        body: body
          ? fc.oneof({ weight: 9, arbitrary: some(body) }, { weight: 1, arbitrary: anything })
          : fc.constant(undefined),
        // Half of the time what is right, but for two of its fields.
        right: fc.boolean(),
        wrong: fc.uniqueArray(fields, { maxLength: 2 }),
      });
    });
    const rights = new Map<string, Sample>();
    let slowest = 0;
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ id, who, path, query, version, key, body, right, wrong }) => {
        const operation = operations.find(({ operationId }) => operationId === id);
        if (!operation) return;
        const { method, parameters } = operation;
        const sample = right ? (rights.get(id) ?? (await samples[id]?.(world))) : undefined;
        if (sample) rights.set(id, sample);
        const versioned = parameters.some(({ name }) => name === "If-Match");
        const given = Object.fromEntries(Object.entries(Object(body)));
        const swapped = Object.fromEntries(
          wrong.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
        );
        const search = new URLSearchParams(
          Object.entries(query).map(([name, value]) => [name.toWellFormed(), asText(value)]),
        );
        const generated = operation.path.replace(/\{(\w+)\}/g, (_, name) => encoded(path[name]));
        const address = sample?.path ?? (method === "GET" ? `${generated}?${search}` : generated);
        const began = performance.now();
        const response = await ask(method, address, {
          headers: {
            ...bearer(people[who]?.token ?? ""),
            ...(versioned && { "if-match": sample?.version ? `"${sample.version}"` : version }),
            ...(key !== null && { "idempotency-key": key }),
          },
          body: method === "GET" ? undefined : sample ? changed(sample.body, swapped) : body,
        });
        const took = performance.now() - began;
        slowest = Math.max(slowest, took);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        // What was changed serves no more.
        if (response.ok && method !== "GET") rights.delete(id);
        expect(response.status).toBeLessThan(500);
        await asDescribed(operation, response);
        expect(took).toBeLessThan(patience);
      }),
      { numRuns: runs },
    );
    // Many of them were done, and not all of them refused.
    const done = [200, 201, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
    expect(done).toBeGreaterThan(runs / 10);
    console.log(Object.fromEntries([...statuses].sort()), `slowest ${Math.round(slowest)} ms`);
  },
  Math.max(240_000, runs * 100),
);

/** A right body with other values in some of its fields; a file as it is. */
const changed = (body: object | undefined, swapped: object) =>
  body instanceof Uint8Array ? body : body && { ...body, ...swapped };

/** What may stand in a header. */
const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });

/** As it stands in an address. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(",");
  return (typeof value === "object" ? JSON.stringify(value) : String(value)).toWellFormed();
}

/** A part of an address; one that would lead elsewhere is another question. */
function encoded(value: unknown): string {
  const part = encodeURIComponent(asText(value));
  return /^(?:\.|%2e){1,2}$/i.test(part) || part === "" ? "x" : part;
}
