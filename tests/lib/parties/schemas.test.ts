import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paragraphsIn, rangesOf } from "#lib/sources/rules.ts";
import { slugOf } from "#lib/text.ts";
import { inputs } from "#tests/lib/parties/inputs.ts";

/** What people send, and what they might. */

describe.each(inputs)("%s", (_name, schema, shape) => {
  const good = fc.record(shape);

  test("gives what it takes again: the form parses it once, and the server once more", () => {
    let taken = 0;
    fc.assert(
      fc.property(good, (input) => {
        const first = schema.safeParse(input);
        if (!first.success) return;
        taken++;
        const second = schema.safeParse(first.data);
        expect(second).toEqual({ success: true, data: first.data });
      }),
      { numRuns: 200 },
    );
    expect(taken).toBeGreaterThan(5);
  });

  test("refuses with keys of messages, and throws at nothing", () => {
    const anything = fc.anything({ withNullPrototype: false, withBigInt: true, withDate: true, withMap: true });
    const spoiled = fc.tuple(good, fc.constantFrom(...Object.keys(shape)), anything).map(([input, field, bad]) => ({
      ...input,
      [field]: bad,
    }));
    fc.assert(
      fc.property(fc.oneof(anything, spoiled), (input) => {
        const parsed = schema.safeParse(input);
        if (parsed.success) JSON.stringify(parsed.data);
        else expect(parsed.error.issues.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test("refuses a field too many, and one too few", () => {
    fc.assert(
      fc.property(good, fc.constantFrom(...Object.keys(shape)), (input, field) => {
        expect(schema.safeParse({ ...input, surplus: 1 }).success).toBe(false);
        const { [field]: _gone, ...rest } = input as Record<string, unknown>;
        const parsed = schema.safeParse(rest);
        if (parsed.success)
          expect([
            "title",
            "publisher",
            "inferred",
            "note",
            "phrase",
            "edtf",
            "dateEdtf",
            "iso",
            "observations",
          ]).toContain(field);
      }),
      { numRuns: 100 },
    );
  });
});

test("paragraphs are read as they are written, whatever is typed", () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(numbers, (list) => {
      const sorted = list.toSorted((a, b) => a - b);
      expect(paragraphsIn(rangesOf(sorted))).toEqual(sorted);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789 ,;-–x".split("")), maxLength: 30 }), (typed) => {
      const found = paragraphsIn(typed);
      expect(found === null || (found.length > 0 && found.length <= 1000)).toBe(true);
    }),
  );
  expect(paragraphsIn("1-3, 7")).toEqual([1, 2, 3, 7]);
  expect(paragraphsIn(" 9 – 8")).toBeNull();
  expect(paragraphsIn("1-999999")).toBeNull();
  expect(paragraphsIn("")).toBeNull();
});

test("a key is made of any text, or is empty", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (typed) => {
      expect(slugOf(typed)).toMatch(/^$|^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slugOf(typed).length).toBeLessThanOrEqual(60);
      expect(slugOf(slugOf(typed))).toBe(slugOf(typed));
    }),
  );
  expect(slugOf("Tuyên bố chung, tháng 11/2026 (Đà Nẵng)")).toBe("tuyen-bo-chung-thang-11-2026-da-nang");
  expect(slugOf("ຖະແຫຼງການ")).toBe("");
});
