import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { encodeCursor } from "#lib/commitments/cursor.ts";
import { filterSchema, sorts } from "#lib/commitments/filters.ts";
import { testDatabase } from "#tests/support/database.ts";
import { signedIn } from "#tests/support/people.ts";
import { askList, askOne, bearer, listNames } from "./ask.ts";

testDatabase({ catalogue: true });

let headers: Record<string, string>;
beforeAll(async () => {
  headers = bearer((await signedIn(process.env.KEPT_OWNER_URL ?? "", "viewer")).token);
});

/** Milliseconds; a whole answer takes a tenth of it. */
const patience = 5_000;

/** The answer came in time, is JSON, and blames whoever asked if anybody. */
async function isClear(asked: Promise<Response>, statuses: readonly number[]): Promise<void> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, patience, new Error("late")).unref());
  const response = await Promise.race([asked, late]);
  expect(statuses).toContain(response.status);
  expect(await response.json()).toBeTypeOf("object");
}

const parameters = [...filterSchema.keyof().options, "sort", "limit", "cursor", "portfolio"];
const nasty = fc.constantFrom(
  "",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\ufffe",
  "\u202e",
  "-1",
  "0",
  "1e309",
  "NaN",
  "99999999999999999999",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "[object Object]",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "';DROP TABLE commitment;--",
  "%",
  "_",
  "\\",
  "%%%%%%%%",
  ",",
  ",,,,",
  "..",
  "../../etc/passwd",
  "infinity",
  "e\u0301\u0323",
  "ວຽງຈັນ",
  "Đường sắt",
  "𝓀".repeat(50),
  "a".repeat(8000),
  "a,".repeat(4000),
  `${"a ".repeat(90)}`,
);
const anyValue = fc.oneof(
  nasty,
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);
const anyName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...parameters) },
  fc.constantFrom("__proto__", "constructor", "toString", "form[]", "form[$ne]", "after", "columns", ""),
  fc.string({ unit: "binary", maxLength: 20 }),
);

/** As a browser sends it, or as somebody who means ill does: broken percent signs and all. */
const anyQuery = fc.oneof(
  fc.array(fc.tuple(anyName, anyValue), { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs).toString()),
  fc.string({ unit: fc.constantFrom(..."=&%+[]0aF?/;\u00e9"), maxLength: 200 }).map((text) => text.replaceAll("#", "")),
);

describe("never a failure of ours, never a hang", () => {
  test.each(listNames)(
    "any query of %s",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(anyQuery, (search) => isClear(askList(name, search, headers), [200, 422])),
        { numRuns: 300 },
      );
    },
    120_000,
  );

  test.each(parameters)(
    "any value of %s alone, once and twice",
    async (name) => {
      const search = (values: string[]) => new URLSearchParams(values.map((value) => [name, value])).toString();
      const values = fc.array(anyValue, { minLength: 1, maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(values, (given) => isClear(askList("commitments", search(given), headers), [200, 422])),
        { numRuns: 100 },
      );
    },
    120_000,
  );

  test("any id", async () => {
    const ids = fc.oneof(anyValue, fc.uuid(), fc.stringMatching(/^[A-Z]{1,4}-\d{1,12}$/));
    await fc.assert(
      fc.asyncProperty(ids, (id) => isClear(askOne(id, headers), [404])),
      { numRuns: 300 },
    );
  }, 120_000);

  test("any Authorization", async () => {
    const value = fc.oneof(
      fc.string({
        unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
        maxLength: 400,
      }),
      fc.string({ unit: fc.constantFrom(..."Bearer kept_=.~ "), maxLength: 60 }),
      fc.string({ maxLength: 300 }).map((text) => `Bearer ${text.replace(/[^\x20-\x7e]/g, "")}`),
    );
    await fc.assert(
      fc.asyncProperty(value, (authorization) => isClear(askList("commitments", "", { authorization }), [401])),
      { numRuns: 300 },
    );
  }, 120_000);

  test("any cursor that looks like one of ours", async () => {
    const key = fc.oneof(
      anyValue,
      fc.constantFrom(
        "0",
        "2",
        "3",
        "32768",
        "999999999",
        "2147483648",
        "infinity",
        "-infinity",
        "2026-02-30",
        "0000-01-01",
        "9999-12-31",
        "pledge",
        "complete",
      ),
      fc.constantFrom(
        "2026-01-01 99:99:99+00",
        "2026-01-01 23:59:60.123456+99",
        "9999-12-31 23:59:59-99:99",
        "0001-01-01 00:00:00+15:59",
      ),
    );
    const cursors = fc.tuple(fc.constantFrom(...sorts), fc.array(key, { minLength: 1, maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(cursors, fc.boolean(), ([sort, keys], down) =>
        isClear(
          askList("commitments", `limit=1&sort=${down ? "-" : ""}${sort}&cursor=${encodeCursor(sort, keys)}`, headers),
          [200, 422],
        ),
      ),
      { numRuns: 200 },
    );
    // As many values as the sort has, so that some get past the first look.
    for (const sort of sorts) {
      for (const length of [1, 2, 3, 4]) {
        const some = fc.array(key, { minLength: length, maxLength: length });
        await fc.assert(
          fc.asyncProperty(some, (keys) =>
            isClear(
              askList("commitments", `sort=${sort}&limit=1&cursor=${encodeCursor(sort, keys)}`, headers),
              [200, 422],
            ),
          ),
          { numRuns: 15 },
        );
      }
    }
  }, 180_000);
});
