import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noFilters, parseListing } from "#lib/commitments/filters.ts";
import { numbersPattern, rangesOf, readNumbers, spellNumbers } from "#lib/commitments/numbers.ts";

const sets = fc.uniqueArray(fc.integer({ min: 1, max: 20_000 }), { maxLength: 4000 });
const all = (ranges: [number, number][]) =>
  ranges.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => low + i));

describe("sets of records in an address", () => {
  it("come back as they went, through the register's filters too", () => {
    fc.assert(
      fc.property(sets, (numbers) => {
        const spelled = spellNumbers(numbers);
        const sorted = [...numbers].sort((a, b) => a - b);
        expect(all(readNumbers(spelled))).toEqual(sorted);
        const { listing, refused } = parseListing({ numbers: spelled });
        // A set of none narrows nothing: no report links to one.
        if (numbers.length === 0) return;
        expect(refused).toEqual([]);
        expect(all(listing.filters.numbers.flatMap(readNumbers))).toEqual(sorted);
      }),
    );
  });

  it("stay short: half of 10,000 records in less than 1,700 letters, every one in a few", () => {
    const half = Array.from({ length: 10_000 }, (_, i) => i + 1).filter((n) => (n * 7919) % 13 < 6);
    expect(spellNumbers(half).length).toBeLessThan(1700);
    expect(spellNumbers(half.map((_, i) => i + 1))).toBe(`1-${half.length}`);
    expect(spellNumbers([7, 3, 2, 1])).toBe("1-3,7");
  });

  it("are refused where they are no set", () => {
    for (const bad of ["-1", "1-", "a", "~~", "~é", "~a", "1.5", "~=", `~${"A".repeat(30_000)}`, "0x1", "1234567890"]) {
      expect(parseListing({ numbers: bad }), bad).toMatchObject({
        refused: ["numbers"],
        listing: { filters: noFilters },
      });
      expect(numbersPattern.test(bad), bad).toBe(false);
    }
    fc.assert(fc.property(fc.string(), (text) => void (numbersPattern.test(text) && readNumbers(text))));
    expect(rangesOf([])).toEqual([]);
  });
});
