import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { countFacets } from "#lib/commitments/facets.ts";
import {
  type Filters,
  type Listing,
  noFilters,
  parseListing,
  precisions,
  schedules,
  sorts,
} from "#lib/commitments/filters.ts";
import { listCommitments, rowsOf } from "#lib/commitments/queries.ts";
import type { Row } from "#lib/commitments/row.ts";
import { precisionOf, rankOf, scheduleOf } from "#lib/commitments/rules.ts";
import { addDays } from "#lib/dates.ts";
import { locales } from "#lib/i18n/locales.ts";
import { addMany } from "#tests/lib/commitments/many.ts";
import { addActor, addRecord, makeRegister, portfolioId, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const today = "2026-11-21";
const count = 97;
let actor: Actor & { id: string };
/** What the filters are told of a record, by number, straight from the tables. */
let facts: Fact[];

type Fact = {
  number: number;
  form: Row["form"];
  sector: string;
  status: Row["completion"];
  evidence: Row["evidence"];
  strength: Row["strength"];
  ownerId: string | null;
  lifecycle: Row["lifecycle"];
  edtf: string | null;
  earliest: string | null;
  latest: string | null;
  parties: string[];
  leads: string[];
  sources: string[];
  meetings: string[];
};

beforeAll(async () => {
  await makeRegister();
  actor = await addActor("editor");
  await addMany(count, actor.id);
  facts = await everything<Fact[]>`
    SELECT c.number, c.form, c.sector_id AS sector, c.completion AS status, c.evidence, c.strength, c.owner_id AS "ownerId", c.lifecycle,
      c.deadline_edtf AS edtf, c.deadline_earliest AS earliest, c.deadline_latest AS latest,
      ARRAY(SELECT party_id FROM commitment_party WHERE commitment_id = c.id AND role = 'lead') AS leads,
      ARRAY(SELECT party_id FROM commitment_party WHERE commitment_id = c.id) AS parties,
      ARRAY(SELECT s.key FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id) AS sources,
      ARRAY(SELECT m.key FROM commitment_meeting x JOIN meeting m ON m.id = x.meeting_id WHERE x.commitment_id = c.id) AS meetings
    FROM commitment c WHERE c.portfolio_id = ${portfolioId} ORDER BY c.number`;
});

const list = (listing: Partial<Listing>, limit = 200, locale: (typeof locales)[number] = "en") =>
  listCommitments(actor, portfolioId, { ...parseListing({}).listing, ...listing }, { locale, today, limit });
const numbers = (rows: readonly Row[]) => rows.map((row) => Number(row.reference.slice(4)));

/** The filters once more, in JavaScript. */
function lets(filters: Filters, fact: Fact): boolean {
  const any = <T>(wanted: readonly T[], has: readonly T[]) =>
    wanted.length === 0 || wanted.some((value) => has.includes(value));
  const owners = fact.ownerId === null ? ["nobody"] : [fact.ownerId, ...(fact.ownerId === actor.id ? ["me"] : [])];
  const schedule = scheduleOf({ completion: fact.status, lifecycle: fact.lifecycle, latest: fact.latest }, today);
  const open = rankOf({ completion: fact.status, lifecycle: fact.lifecycle }) === 0;
  return (
    any(filters.form, [fact.form]) &&
    any(filters.sector, [fact.sector]) &&
    any(filters.party, fact.parties) &&
    any(filters.owner, owners) &&
    any(filters.status, [fact.status]) &&
    any(filters.evidence, [fact.evidence]) &&
    any(filters.strength, [fact.strength]) &&
    any(filters.lead, fact.leads) &&
    any<string | null>(filters.precision, [precisionOf(fact)]) &&
    (filters.due === null || (fact.latest !== null && isWithin(fact.latest, filters.due))) &&
    any(filters.source, fact.sources) &&
    any(filters.meeting, fact.meetings) &&
    any(filters.schedule, [schedule]) &&
    (filters.numbers.length === 0 ||
      filters.numbers.some((range) => {
        // In "~qqqq…" every other number is meant, from 2 on.
        if (range.startsWith("~")) return fact.number % 2 === 0 && fact.number <= 96;
        const [low = 0, high = low] = range.split("-").map(Number);
        return fact.number >= low && fact.number <= high;
      })) &&
    (filters.within === null ||
      (open && fact.latest !== null && fact.latest >= today && fact.latest <= addDays(today, filters.within)))
  );
}

const isWithin = (day: string, due: string) => {
  const [from = "", to = ""] = due.split("..");
  return from <= day && day <= to;
};

const some = <T>(...values: T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }) },
  );
const anyFilters = fc.record({
  form: some("instrument", "pledge", "target"),
  sector: some("health", "trade", "nowhere"),
  party: some("laos", "viet-nam"),
  owner: some("me", "nobody", "00000000-0000-4000-8000-000000000000"),
  status: some("not_reported", "limited", "complete", "withdrawn"),
  evidence: some("none", "verified"),
  schedule: some(...schedules),
  strength: some("obligation", "pledge", "aspiration"),
  source: some("paper", "none"),
  meeting: some("congress"),
  lead: some("laos", "viet-nam"),
  precision: some(...precisions),
  due: fc.option(fc.constantFrom("2026-08-01..2026-10-31", "2026-11-20..2027-02-01"), { freq: 8 }),
  within: fc.option(fc.integer({ min: 1, max: 120 }), { freq: 8 }),
  numbers: some("3", "1-40", "30-90", "~qqqqqqqqqqqqqqqq"),
});

describe("filters", () => {
  test("let through what the rules say, whatever is combined", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilters, async (chosen) => {
        const filters = { ...noFilters, ...chosen } as Filters;
        const page = await list({ filters, sort: "reference" });
        const expected = facts.filter((fact) => lets(filters, fact)).map((fact) => fact.number);
        expect(numbers(page.rows)).toEqual(expected);
        expect(page).toMatchObject({ total: expected.length, more: false, next: null, previous: null });
      }),
      { numRuns: 150 },
    );
  });

  test("counts are those of the lists that the choices lead to", async () => {
    const filters: Filters = { ...noFilters, status: ["limited"], strength: ["pledge", "obligation"] };
    const { values, capped, mine } = await countFacets(actor, portfolioId, filters, { locale: "en", today });
    expect(capped).toBe(false);
    for (const facet of [
      "status",
      "schedule",
      "form",
      "sector",
      "party",
      "owner",
      "evidence",
      "strength",
      "source",
      "meeting",
    ] as const) {
      for (const { value, count: told } of values[facet]) {
        const page = await list({ filters: { ...filters, [facet]: [value] } as Filters });
        expect(told, `${facet} ${value}`).toBe(page.total);
      }
    }
    expect(mine).toBe((await list({ filters: { ...filters, owner: ["me"] } })).total);
    expect(values.sector.map(({ label }) => label).sort()).toEqual(["Health", "Trade"]);
  });
});

describe("pages", () => {
  test.each(sorts)("sorted by %s, forward and back, are the whole list cut up", async (sort) => {
    for (const locale of sort === "title" ? locales : (["en"] as const)) {
      for (const descending of [false, true]) {
        const whole = numbers((await list({ sort, descending }, 200, locale)).rows);
        expect(new Set(whole).size).toBe(count);
        const forward: number[][] = [];
        let page = await list({ sort, descending }, 10, locale);
        expect(page.previous).toBeNull();
        for (;;) {
          forward.push(numbers(page.rows));
          expect(page.total).toBe(count);
          if (page.next === null) break;
          page = await list({ sort, descending, after: page.next }, 10, locale);
        }
        expect(forward.flat()).toEqual(whole);
        const backward: number[][] = [numbers(page.rows)];
        while (page.previous !== null) {
          page = await list({ sort, descending, before: page.previous }, 10, locale);
          backward.unshift(numbers(page.rows));
        }
        expect(backward.flat()).toEqual(whole);
      }
    }
  });

  test("a search is cut up in the same way", async () => {
    const filters = { ...noFilters, q: "hop tac" };
    const whole = await list({ filters, sort: "title" }, 200, "vi");
    const first = await list({ filters, sort: "title" }, 30, "vi");
    const second = await list({ filters, sort: "title", after: first.next }, 200, "vi");
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(whole.rows.map((row) => row.id));
    expect(whole.total).toBe(facts.filter((fact) => fact.number % 5 !== 0).length);
  });

  test("a cursor of another sort, or of nobody, is ignored", async () => {
    const { next } = await list({ sort: "title" }, 10);
    const begin = (await list({ sort: "updated" }, 10)).rows;
    for (const after of [
      next,
      "",
      "x",
      "W10",
      Buffer.from('["updated",["now()","1"]]').toString("base64url"),
      "ÿ".repeat(50),
    ]) {
      expect((await list({ sort: "updated", after }, 10)).rows).toEqual(begin);
      expect((await list({ sort: "updated", before: after }, 10)).rows).toEqual(begin);
    }
  });
});

describe("search", () => {
  let reference: string;
  const find = async (q: string) => (await list({ filters: { ...noFilters, q } })).rows.map((row) => row.reference);

  beforeAll(async () => {
    const record = await addRecord({
      title: {
        en: "Railway from Vientiane to Vung Ang",
        vi: "Đường sắt Viêng Chăn – Vũng Áng",
        lo: "ທາງລົດໄຟວຽງຈັນ ຫາ ຫວຸງອ່າງ",
      },
      statement: {
        en: "Vietnam and Laos build it: 100% of it_all.",
        vi: "Hai bên hợp tác, nhà máy thủy điện.",
        lo: "ສອງຝ່າຍຮ່ວມມືສ້າງໂຮງງານໄຟຟ້ານ້ຳຕົກ.",
      },
      parties: [{ partyId: "viet-nam", role: "signatory" }],
    });
    reference = record.reference;
  });

  test.each([
    "Viet Nam",
    "Vietnam",
    "Việt Nam",
    "viêt  nam",
    "vieng chan",
    "Viêng Chăn",
    "vientiane",
    "duong sat",
    "đường sắt",
    "DUONG SAT",
    "thuy dien nha may",
    "ang vung",
    "ຮ່ວມມື",
    "ຮວມມື",
    "ໄຟຟ້າ",
    "ໄຟ",
    "ໂຮງງານໄຟຟ້າ ວຽງຈັນ",
    "100%",
    "it_all",
    "vu",
  ])("finds the railway by “%s”", async (q) => {
    expect(await find(q)).toContain(reference);
  });

  test.each(["xyzzy", "100_", "it%all", "\\", "'", "railway xyzzy", "ຮ່ວມຫວຽດ"])("finds nothing by “%s”", async (q) => {
    expect(await find(q)).toEqual([]);
  });

  test("finds a reference, short or padded", async () => {
    expect(await find("TST-007")).toEqual(["TST-007"]);
    expect(await find("tst-7")).toEqual(["TST-007"]);
  });

  test("never fails, whatever is typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 60 }), async (typed) => {
        const { listing } = parseListing({ q: typed });
        expect((await list(listing, 5)).rows.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });
});

test("rows are those that were asked for, in the reader's language, with the language told where it is another", async () => {
  const { id } = await addRecord({ title: { en: "", vi: "Chỉ tiếng Việt", lo: "" }, statement: text("x") });
  const [row] = await rowsOf(actor, portfolioId, [id], { locale: "lo" });
  expect(row).toMatchObject({ id, title: "Chỉ tiếng Việt", lang: "vi", version: 1, sector: "Health (lo)" });
  expect(await rowsOf(actor, "other-register", [id], { locale: "lo" })).toEqual([]);
  expect(await rowsOf(actor, portfolioId, [], { locale: "lo" })).toEqual([]);
});
