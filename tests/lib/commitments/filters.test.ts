import fc from "fast-check";
import { expect, test } from "vitest";
import {
  columns,
  countFilters,
  defaultColumns,
  type Listing,
  listingQuery,
  noFilters,
  parseListing,
  precisions,
  schedules,
  sorts,
} from "#lib/commitments/filters.ts";
import { completions, evidences, forms, strengths } from "#lib/commitments/schema.ts";
import { dayOf } from "#lib/dates.ts";

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 });
const anyDay = fc.integer({ min: 0, max: 40_000 }).map(dayOf);
const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

const anyListing: fc.Arbitrary<Listing> = fc.record({
  filters: fc.record({
    q: fc.string({ maxLength: 40 }).map((text) =>
      text
        .normalize("NFC")
        .replace(/[^\p{L}\p{N} %&=+,]/gu, "")
        .trim(),
    ),
    form: some(forms),
    sector: fc.uniqueArray(key, { maxLength: 3 }),
    party: fc.uniqueArray(key, { maxLength: 3 }),
    owner: fc.uniqueArray(fc.oneof(fc.constantFrom("me" as const, "nobody" as const), fc.uuid({ version: 4 })), {
      maxLength: 3,
    }),
    status: some(completions),
    evidence: some(evidences),
    schedule: some(schedules),
    within: fc.option(fc.integer({ min: 1, max: 3660 })),
    due: fc.option(fc.tuple(anyDay, anyDay).map((days) => days.sort().join(".."))),
    precision: some(precisions),
    overdueOn: fc.option(anyDay),
    lead: fc.uniqueArray(key, { maxLength: 3 }),
    strength: some(strengths),
    source: fc.uniqueArray(key, { maxLength: 3 }),
    meeting: fc.uniqueArray(key, { maxLength: 3 }),
    numbers: fc.uniqueArray(fc.stringMatching(/^[1-9]\d{0,3}(-[1-9]\d{0,4})?$/), { maxLength: 3 }),
  }),
  sort: fc.constantFrom(...sorts),
  descending: fc.boolean(),
  after: fc.option(fc.base64String({ minLength: 4 })),
  before: fc.constant(null),
  columns: fc
    .subarray(columns.slice(2))
    .map((chosen) =>
      chosen.join() === defaultColumns.slice(2).join() ? defaultColumns : [...columns.slice(0, 2), ...chosen],
    ),
});

test("an address says the whole state of a list", () => {
  fc.assert(
    fc.property(anyListing, (listing) => {
      const { listing: again, refused } = parseListing(new URLSearchParams(listingQuery(listing)));
      expect(refused).toEqual([]);
      expect(again).toEqual(listing);
    }),
  );
});

test("an address is the shortest, and the same whichever way it was written", () => {
  const written = parseListing(
    new URLSearchParams("status=limited&sort=schedule&status=complete,limited&q=&within="),
  ).listing;
  expect(listingQuery(written)).toBe("status=limited,complete");
  expect(listingQuery(parseListing({}).listing)).toBe("");
});

test("what does not fit is left out and named", () => {
  const { listing, refused } = parseListing({
    status: "limited,nonsense",
    form: "pledge",
    within: "soon",
    owner: "somebody",
    sort: "price",
    sector: ["a b", "x"],
    q: ["one", "two"],
    due: "2026-12-01..2026-11-30",
    overdueOn: "2026-02-30",
  });
  expect(refused.sort()).toEqual(["due", "overdueOn", "owner", "sector", "sort", "status", "within"]);
  expect(listing.filters).toEqual({ ...noFilters, form: ["pledge"], q: "one" });
  expect(listing.sort).toBe("schedule");
});

test("an address never fails, whatever it says", () => {
  const names = fc.constantFrom(
    "q",
    "status",
    "sort",
    "columns",
    "after",
    "before",
    "within",
    "owner",
    "__proto__",
    "constructor",
    "x",
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.string({ unit: "binary", maxLength: 300 }))), (pairs) => {
      const { listing } = parseListing(new URLSearchParams(pairs));
      const query = listingQuery(listing);
      expect(listingQuery(parseListing(new URLSearchParams(query)).listing)).toBe(query);
    }),
  );
});

test("reference and title are always among the columns, in their order", () => {
  expect(parseListing({ columns: "schedule,owner,nonsense" }).listing.columns).toEqual([
    "reference",
    "title",
    "owner",
    "schedule",
  ]);
});

test("filters are counted", () => {
  expect(countFilters(noFilters)).toBe(0);
  expect(countFilters({ ...noFilters, q: "x", status: ["limited"], within: 3 })).toBe(3);
});
