import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { assignOwner, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
import { type Filters, filterSchema, noFilters, precisions, schedules } from "#lib/commitments/filters.ts";
import { matching } from "#lib/commitments/where.ts";
import { addDays } from "#lib/dates.ts";
import { readLived } from "#lib/reports/reading.ts";
import { recordsOn, startOf } from "#lib/reports/records.ts";
import { openScope } from "#lib/reports/scoping.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { Completion, Evidence, Form, Strength } from "#prisma/generated/enums.ts";
import { addActor } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase({ catalogue: true });

/** KEPT_FILTERS: more of them, for a long run. */
const many = Number(process.env.KEPT_FILTERS ?? 400);
const system = systemActor("test");
const portfolioId = "viet-nam-laos";
let me: Awaited<ReturnType<typeof addActor>>;
let other: Awaited<ReturnType<typeof addActor>>;
let values: { sectors: string[]; parties: string[]; sources: string[]; meetings: string[] };

/** The catalogue with some life in it: owners, reports, moved and dropped deadlines, withdrawn records. */
beforeAll(async () => {
  me = await addActor("manager");
  other = await addActor("editor");
  const rows = await everything<{ id: string; number: number; version: number }[]>`
    SELECT id, number, version FROM commitment WHERE portfolio_id = ${portfolioId} ORDER BY number`;
  const today = teamToday(new Date());
  for (const row of rows) {
    const { id, number } = row;
    let { version } = row;
    const next = async (work: Promise<{ version: number }>) => {
      version = (await work).version;
    };
    if (number % 3 === 0) await next(assignOwner(system, { id, version, ownerId: number % 2 ? me.id : other.id }));
    if (number % 4 === 1) {
      const completion = (["not_started", "limited", "substantial", "complete"] as const)[(number % 16) >> 2];
      const evidence = (["none", "reported", "documented", "verified"] as const)[number % 4];
      await next(
        reportProgress(system, {
          id,
          version,
          completion,
          evidence,
          confidence: null,
          text: "so far",
          evidenceUrl: "",
        }),
      );
    }
    if (number % 5 === 2) {
      const edtf = [addDays(today, -3), addDays(today, 12), "2026-12", "2027", null][number % 5] ?? null;
      await next(reviseDeadline(system, { id, version, phrase: "soon", edtf, anchorId: null, reason: "moved" }));
    }
    if (number % 13 === 0) await next(withdraw(system, { id, version, reason: "no longer" }));
  }
  const [found] = await everything<(typeof values)[]>`SELECT
    array(SELECT DISTINCT sector_id FROM commitment) AS sectors, array(SELECT DISTINCT party_id FROM commitment_party) AS parties,
    array(SELECT key FROM source) AS sources, array(SELECT key FROM meeting) AS meetings`;
  if (found) values = found;
}, 60_000);

const some = <T>(of: readonly T[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 });
const word = () =>
  fc.constantFrom(
    ...[
      "hospital",
      "Viet Nam",
      "bệnh viện",
      "ha noi",
      "vi",
      "VL-7",
      "VL-012",
      "ໂຮງຮຽນ",
      "ລາວ",
      "%",
      "_",
      "\\",
      "trade 2026",
    ],
    ...["attapeu", "moit", "education of", "x"],
  );

/** Each filter by itself or with others. The key of each is here, so that a new one cannot be forgotten. */
const anyFilters = () => {
  const today = teamToday(new Date());
  const day = fc.integer({ min: -400, max: 400 }).map((days) => addDays(today, days));
  const each: { [Name in keyof Filters]: fc.Arbitrary<Filters[Name]> } = {
    q: word(),
    form: some(Object.values(Form)),
    sector: some(values.sectors),
    party: some(values.parties),
    lead: some(values.parties),
    owner: some(["me", "nobody", other.id] as const),
    status: some(Object.values(Completion)),
    evidence: some(Object.values(Evidence)),
    schedule: some(schedules),
    within: fc.integer({ min: 1, max: 500 }),
    due: fc.tuple(day, day).map(([a, b]) => (a < b ? `${a}..${b}` : `${b}..${a}`)),
    precision: some(precisions),
    overdueOn: fc.integer({ min: 0, max: 400 }).map((days) => addDays(today, -days)),
    strength: some(Object.values(Strength)),
    source: some(values.sources),
    meeting: some(values.meetings),
    numbers: some(["1-20", "7", "30-45", "9999"]),
  };
  return fc
    .subarray(Object.keys(each), { minLength: 1, maxLength: 3 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, each[name as keyof Filters]]))))
    .map((chosen): Filters => filterSchema.parse({ ...noFilters, ...chosen }));
};

test(
  "as of today a report's scope has exactly the records that the register lists",
  async () => {
    const now = new Date();
    const today = teamToday(now);
    const lived = await readLived(system, portfolioId, startOf(addDays(today, -500)));
    const on = (day: string) => recordsOn(lived, { day, known: now }, teamZone());
    const all = on(today);
    let found = 0;
    await fc.assert(
      fc.asyncProperty(anyFilters(), async (filters) => {
        const rows = await everything<{ number: number }[]>`
        SELECT c.number FROM commitment c WHERE ${matching(me, portfolioId, filters, today)} ORDER BY c.number`;
        const scoped = await openScope(me, { filters, on });
        const records = await scoped(all, today);
        expect(records.map(({ number }) => number)).toEqual(rows.map(({ number }) => number));
        found += rows.length;
      }),
      { numRuns: many },
    );
    expect(found).toBeGreaterThan(many);
  },
  20_000 + many * 20,
);

test("an owner is found by the names that they had", async () => {
  const now = new Date();
  const day = teamToday(now);
  const lived = await readLived(system, portfolioId, startOf(day));
  const records = recordsOn(lived, { day, known: now }, teamZone());
  const scoped = await openScope(me, { filters: { ...noFilters, owner: ["me"] }, on: () => records });
  expect((await scoped(records, day)).length).toBeGreaterThan(3);
  const nobody = await openScope(system, { filters: { ...noFilters, owner: ["me"] }, on: () => records });
  expect(await nobody(records, day)).toEqual([]);
});
