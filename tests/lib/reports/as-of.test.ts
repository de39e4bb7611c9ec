import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  assignOwner,
  deleteCommitment,
  reopen,
  reportProgress,
  reviseDeadline,
  withdraw,
} from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import {
  addCitation,
  classify,
  editInstrument,
  editTexts,
  removeCitation,
  setMilestones,
  setMoney,
  setParties,
  setRelations,
} from "#lib/commitments/editing.ts";
import { setIndicators, setMeetings } from "#lib/commitments/linking.ts";
import { readStanding, type Standing } from "#lib/commitments/standing.ts";
import { addDays, today } from "#lib/dates.ts";
import { KeptError } from "#lib/errors.ts";
import { knownAt, type Lived, stoodOn } from "#lib/reports/as-of.ts";
import { readLived } from "#lib/reports/reading.ts";
import {
  addActor,
  addRecord,
  makeRegister,
  newRecord,
  portfolioId,
  type Register,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

/** KEPT_HISTORIES: more of them, for a long run. */
const histories = Number(process.env.KEPT_HISTORIES ?? 120);

let register: Register;
let people: string[];
let parent: string;

beforeAll(async () => {
  register = await makeRegister();
  people = [(await addActor("editor")).id, (await addActor("manager")).id];
  parent = (await addRecord()).id;
});

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const edtf = pick(null, "2026", "2026-04", "2025-12-31", "2024/2026");
const word = pick("A roof", "Một mái nhà", "ຫຼັງຄາ", "x".repeat(40));

type Step = { command: (...args: never[]) => Promise<unknown>; input: Record<string, unknown>; minutes: number };
const step = (command: Step["command"], input: fc.Arbitrary<Record<string, unknown>>) =>
  fc.record({ command: fc.constant(command), input, minutes: fc.integer({ min: 1, max: 3000 }) });

/** Anything that can be done to a record. What its state does not allow is refused, and leaves no trace. */
const anyStep = () =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: step(
        reportProgress as never,
        fc.record({
          completion: pick("not_started", "limited", "substantial", "complete"),
          evidence: pick("none", "reported", "documented", "verified"),
          confidence: pick(null, "green", "amber", "red"),
          text: word,
          daysAgo: fc.integer({ min: 0, max: 40 }),
        }),
      ),
    },
    step(assignOwner as never, fc.record({ ownerId: pick(null, ...people) })),
    step(
      reviseDeadline as never,
      fc.record({ phrase: pick(null, "by then"), edtf, anchorId: pick(null, register.meeting), reason: word }),
    ),
    step(withdraw as never, fc.record({ reason: word })),
    step(reopen as never, fc.constant({})),
    step(
      editTexts as never,
      fc.record({ title: word.map(text), statement: word.map(text), draftLocales: pick([], ["lo"], ["vi", "lo"]) }),
    ),
    step(
      classify as never,
      fc.oneof(
        fc.constant({ form: "instrument", kind: "plan", strength: "obligation", sectorId: "trade" }),
        fc.constant({ form: "pledge", kind: "project", strength: "aspiration", sectorId: "health" }),
      ),
    ),
    step(
      setParties as never,
      fc.record({
        parties: fc.subarray([
          { partyId: "laos", role: "lead" },
          { partyId: "viet-nam", role: "funder" },
          { partyId: "laos", role: "beneficiary" },
        ]),
        places: fc.subarray(["attapeu"]),
      }),
    ),
    step(
      setMoney as never,
      fc.record({
        money: fc.array(
          fc.record({
            amount: pick("5", "5.50", "9007199254740993.01", "0.1"),
            currency: pick("USD", "LAK"),
            stage: pick("pledged", "disbursed"),
          }),
          { maxLength: 3 },
        ),
      }),
    ),
    step(
      setMilestones as never,
      fc.record({
        milestones: fc.array(
          fc.record({ title: word.map(text), phrase: pick(null, "in spring"), edtf, doneOn: pick(null, "2026-01-31") }),
          { maxLength: 3 },
        ),
      }),
    ),
    step(
      editInstrument as never,
      fc.record({
        signed: edtf,
        inEffectFrom: edtf,
        ends: edtf,
        noticeDays: pick(null, 0, 90),
        binding: pick("yes", "no", "unknown"),
        textHeld: fc.boolean(),
        lifecycle: pick("signed", "in_effect", "expired"),
      }),
    ),
    step(setRelations as never, fc.record({ parentId: pick(null, parent), predecessorId: pick(null, parent) })),
    step(
      addCitation as never,
      fc.record({
        sourceId: fc.constant(register.source),
        paragraph: fc.integer({ min: 1, max: 10 }),
        note: fc.constant(null),
        supports: pick(null, "deadline"),
      }),
    ),
    step(removeCitation as never, fc.constant({ any: true })),
    step(
      setMeetings as never,
      fc.record({
        meetings: fc.subarray([
          { meetingId: register.meeting, relation: "made" },
          { meetingId: register.meeting, relation: "reviewed" },
        ]),
      }),
    ),
    step(setIndicators as never, fc.record({ indicatorIds: fc.subarray([register.indicator]) })),
    { weight: 1, arbitrary: step(deleteCommitment as never, fc.constant({})) },
  );

type Moment = { at: Date; standing: Standing | null };

/** Lives a record's life, and keeps what the register said of it after each step. */
async function live(steps: readonly Step[]): Promise<{ id: string; moments: Moment[] }> {
  let at = new Date("2026-02-01T01:00:00Z");
  const { id } = await addRecordAt(at);
  const moments: Moment[] = [{ at, standing: await readStanding(system, id) }];
  for (const { command, input, minutes } of steps) {
    at = new Date(at.getTime() + minutes * 60_000);
    const [row] = await everything<{ version: number; citation: string | null }[]>`
      SELECT version, (SELECT x.id FROM citation x WHERE x.commitment_id = c.id LIMIT 1) AS citation FROM commitment c WHERE id = ${id}`;
    if (!row) break;
    const { daysAgo, any, ...rest } = input as { daysAgo?: number; any?: true };
    const asked = {
      ...{ id, version: row.version },
      ...rest,
      ...(daysAgo !== undefined && { asOf: addDays(dayOf(at), -daysAgo) }),
      ...(any && { citationId: row.citation ?? id }),
    };
    await (command as (actor: unknown, input: unknown, options: { now: Date }) => Promise<unknown>)(system, asked, {
      now: at,
    }).catch((error) => {
      if (!(error instanceof KeptError)) throw error;
    });
    moments.push({ at, standing: await readStanding(system, id) });
  }
  return { id, moments };
}

const addRecordAt = (at: Date) => createCommitment(system, newRecord, { now: at });
const dayOf = (moment: Date) => today(moment, "Asia/Ho_Chi_Minh");

/** Everything that is known of the portfolio's records, by id. */
async function livedById(): Promise<Map<string, Lived>> {
  return new Map((await readLived(system, portfolioId, new Date(0))).map((record) => [record.id, record]));
}

async function livedOf(id: string): Promise<Lived> {
  const found = (await livedById()).get(id);
  if (!found) throw new Error(`nothing is known of ${id}`);
  return found;
}

/** Many lives, a few at a time. */
async function liveMany(lives: readonly (readonly Step[])[]) {
  const left = [...lives];
  const lived: Awaited<ReturnType<typeof live>>[] = [];
  const one = async () => {
    for (let steps = left.pop(); steps; steps = left.pop()) lived.push(await live(steps));
  };
  await Promise.all([one(), one(), one(), one()]);
  return lived;
}

const manyLives = (count: number) =>
  fc.sample(fc.array(anyStep(), { minLength: 1, maxLength: 14 }), { numRuns: count }) as Step[][];

test("undoing the history up to a moment gives exactly what was stored then", async () => {
  const lives = await liveMany(manyLives(histories));
  const known = await livedById();
  for (const { id, moments } of lives) {
    const lived = known.get(id);
    if (!lived) throw new Error(`nothing is known of ${id}`);
    for (const { at, standing } of moments) expect(knownAt(lived, at)).toEqual(standing);
    expect(knownAt(lived, new Date((moments[0]?.at.getTime() ?? 0) - 1))).toBeNull();
  }
}, 3_600_000);

describe("how it stood on a day", () => {
  const report = { completion: "limited", evidence: "reported", confidence: null, text: "so far", evidenceUrl: "" };
  const at = (day: string) => new Date(`${day}T05:00:00Z`);

  test("a report entered late counts on the day it speaks of, and was not known until it was entered", async () => {
    const { id } = await addRecordAt(at("2026-02-01"));
    await reportProgress(
      system,
      { id, version: 1, ...report, completion: "substantial", asOf: "2026-03-10" },
      { now: at("2026-03-10") },
    );
    // Entered in April: in February it had begun already.
    await reportProgress(system, { id, version: 2, ...report, asOf: "2026-02-20" }, { now: at("2026-04-01") });
    const lived = await livedOf(id);
    const stood = (day: string, known: string) => stoodOn(lived, { day, known: at(known), dayOf })?.completion;
    expect(stood("2026-02-25", "2026-04-02")).toBe("limited");
    expect(stood("2026-02-25", "2026-03-31")).toBe("not_reported");
    expect(stood("2026-03-10", "2026-04-02")).toBe("substantial");
    expect(stood("2026-02-19", "2026-04-02")).toBe("not_reported");
    expect(knownAt(lived, at("2026-02-25"))?.completion).toBe("not_reported");
    expect(knownAt(lived, at("2026-04-02"))?.completion).toBe("substantial");
  });

  test("withdrawing and opening again count from the day they were done", async () => {
    const { id } = await addRecordAt(at("2026-02-01"));
    await withdraw(system, { id, version: 1, reason: "given up" }, { now: at("2026-03-01") });
    await reopen(system, { id, version: 2 }, { now: at("2026-03-05") });
    await reviseDeadline(
      system,
      { id, version: 3, phrase: "by 2027", edtf: "2027", anchorId: null, reason: "" },
      { now: at("2026-03-06") },
    );
    const lived = await livedOf(id);
    const stood = (day: string) => stoodOn(lived, { day, known: at("2026-06-01"), dayOf });
    expect(["2026-02-28", "2026-03-01", "2026-03-04", "2026-03-05"].map((day) => stood(day)?.completion)).toEqual([
      "not_reported",
      "withdrawn",
      "withdrawn",
      "not_reported",
    ]);
    expect(stood("2026-03-05")?.deadline.latest).toBeNull();
    expect(stood("2026-03-06")?.deadline.latest).toBe("2027-12-31");
  });

  test("without late reports both clocks agree at the end of every day", async () => {
    const prompt = manyLives(Math.ceil(histories / 3)).map((steps) =>
      steps
        .filter(({ command }) => command !== (deleteCommitment as never))
        .map((each) => ({ ...each, input: { ...each.input, ...("daysAgo" in each.input && { daysAgo: 0 }) } })),
    );
    const lives = await liveMany(prompt);
    const all = await livedById();
    for (const { id, moments } of lives) {
      const lived = all.get(id);
      if (!lived) throw new Error(`nothing is known of ${id}`);
      const known = moments.at(-1)?.at ?? new Date();
      for (const { at: moment } of moments) {
        const day = dayOf(moment);
        const last = moments.findLast((other) => dayOf(other.at) === day);
        expect(stoodOn(lived, { day, known, dayOf })).toEqual(last?.standing);
      }
    }
  }, 3_600_000);
});
