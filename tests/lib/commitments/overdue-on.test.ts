import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { reopen, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { classify, editInstrument } from "#lib/commitments/editing.ts";
import { noFilters, parseListing } from "#lib/commitments/filters.ts";
import { overdueTrend } from "#lib/commitments/overdue-on.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { addDays, type Day, today } from "#lib/dates.ts";
import { KeptError } from "#lib/errors.ts";
import { readLived } from "#lib/reports/reading.ts";
import { recordsOn } from "#lib/reports/records.ts";
import { makeRegister, newRecord, portfolioId, type Register, system } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

/** What was overdue then: the filter, the trend and the report as of that day give the same records. */

testDatabase();

const zone = "Asia/Ho_Chi_Minh";
const lives = Number(process.env.KEPT_HISTORIES ?? 60);
let register: Register;

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const edtf = pick(null, "2025", "2026-02", "2026-03-15", "2026-05-01", "2025-12-31", "2026");
const step = (command: unknown, input: fc.Arbitrary<Record<string, unknown>>) =>
  fc.record({
    command: fc.constant(command as (actor: unknown, input: unknown, options: { now: Date }) => Promise<unknown>),
    input,
    hours: fc.integer({ min: 1, max: 900 }),
  });
const anyStep = () =>
  fc.oneof(
    step(
      reportProgress,
      fc.record({
        completion: pick("limited", "substantial", "complete"),
        evidence: pick("none"),
        confidence: pick(null),
        text: pick("so far"),
        daysAgo: fc.integer({ min: 0, max: 60 }),
      }),
    ),
    step(
      reviseDeadline,
      fc.record({ phrase: pick(null, "then"), edtf, anchorId: fc.constantFrom(null, "meeting"), reason: pick("late") }),
    ),
    step(withdraw, fc.record({ reason: pick("given up") })),
    step(reopen, fc.constant({})),
    step(
      classify,
      pick(
        { form: "instrument", kind: "plan", strength: "obligation", sectorId: "trade" },
        { form: "pledge", kind: "project", strength: "pledge", sectorId: "health" },
      ),
    ),
    step(
      editInstrument,
      fc.record({
        signed: pick(null),
        inEffectFrom: pick(null),
        ends: pick(null),
        noticeDays: pick(null),
        binding: pick("unknown"),
        textHeld: pick(false),
        lifecycle: pick("signed", "in_effect", "expired", "terminated"),
      }),
    ),
  );
const anyLife = fc.record({
  start: fc.integer({ min: 0, max: 150 }),
  first: fc.option(
    edtf.filter((value) => value !== null),
    { freq: 4 },
  ),
  made: fc.boolean(),
  steps: fc.array(anyStep(), { maxLength: 9 }),
});

const dayOf = (moment: Date) => today(moment, zone);
const end = new Date("2026-11-21T03:00:00Z");

beforeAll(async () => {
  register = await makeRegister();
  for (const life of fc.sample(anyLife, lives)) await live(life);
}, 600_000);

type Life = typeof anyLife extends fc.Arbitrary<infer L> ? L : never;

async function live({ start, first, made, steps }: Life): Promise<void> {
  let at = new Date(Date.parse("2026-01-01T02:00:00Z") + start * 86_400_000);
  const { id } = await createCommitment(
    system,
    {
      ...newRecord,
      ...(first && { deadline: { phrase: null, edtf: first, anchorId: null } }),
      ...(made && { meetings: [{ meetingId: register.meeting, relation: "made" }] }),
    },
    { now: at },
  );
  for (const { command, input, hours } of steps) {
    at = new Date(at.getTime() + hours * 3_600_000);
    if (at > end) return;
    const [row] = await everything<{ version: number }[]>`SELECT version FROM commitment WHERE id = ${id}`;
    const { daysAgo, ...rest } = input as { daysAgo?: number };
    const asked = {
      ...{ id, version: row?.version, ...rest },
      ...("anchorId" in input && { anchorId: input.anchorId ? register.meeting : null }),
      ...(daysAgo !== undefined && { asOf: addDays(dayOf(at), -daysAgo) }),
    };
    await command(system, asked, { now: at }).catch((error) => {
      if (!(error instanceof KeptError)) throw error;
    });
  }
}

const days = [...Array.from({ length: 23 }, (_, at): Day => addDays("2025-12-20", at * 14)), "2026-11-21"];

test("the filter, the trend and a report as of the day agree", async () => {
  const trend = await overdueTrend(system, portfolioId, days);
  expect(trend.map(({ day }) => day)).toEqual(days);
  expect(trend.some(({ count }) => count > 2)).toBe(true);
  const lived = await readLived(system, portfolioId, new Date(0));
  for (const { day, count } of trend) {
    const records = recordsOn(lived, { day, known: end }, zone);
    const expected = records.filter(({ schedule }) => schedule === "overdue").map(({ reference }) => reference);
    const { rows, total } = await listCommitments(
      system,
      portfolioId,
      { ...parseListing({}).listing, filters: { ...noFilters, overdueOn: day }, sort: "reference" },
      { locale: "en", today: "2026-11-21", limit: 1000 },
    );
    expect(
      rows.map(({ reference }) => reference),
      day,
    ).toEqual(expected);
    expect([total, count], day).toEqual([expected.length, expected.length]);
  }
});
