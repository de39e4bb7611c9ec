import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import type { Entries } from "#lib/calendar/entry.ts";
import { readMonth } from "#lib/calendar/queries.ts";
import { reportProgress, reviseDeadline } from "#lib/commitments/commands.ts";
import { setMilestones } from "#lib/commitments/editing.ts";
import { type Filters, noFilters, parseListing } from "#lib/commitments/filters.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { recordMeeting } from "#lib/meetings/commands.ts";
import { daysOfMonth } from "#lib/months.ts";
import { recordHolidays } from "#lib/reminders/holidays.ts";
import { addActor, addRecord, makeRegister, portfolioId, system, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

const today = "2026-11-21";
let actor: Actor & { id: string };

beforeAll(async () => {
  await makeRegister();
  actor = await addActor("viewer");
  await recordHolidays(system, {
    holidays: [
      { country: "LA", day: "2026-12-02", name: text("National Day") },
      { country: "VN", day: "2026-09-02", name: text("Independence Day") },
    ],
  });
});

const read = (month: string, filters: Partial<Filters> = {}) =>
  readMonth(actor, portfolioId, month, { filters: { ...noFilters, ...filters }, today });
const said = (entries: Entries | undefined) =>
  entries?.shown.map((entry) =>
    entry.kind === "meeting" ? `meeting ${entry.key}` : `${entry.kind} ${entry.reference}`,
  );

/** A record with that deadline. */
async function due(edtf: string, over: Record<string, unknown> = {}) {
  const { id, version, reference } = await addRecord(over);
  await reviseDeadline(system, { id, version, phrase: null, edtf, anchorId: null, reason: "" });
  return { id, version: version + 1, reference };
}

describe("a month", () => {
  let day: { reference: string };
  let by: { reference: string };
  let month: { reference: string };
  let year: { reference: string };
  let instrument: { reference: string };

  beforeAll(async () => {
    day = await due("2026-12-31");
    by = await due("../2026-12-31");
    month = await due("2026-12~");
    year = await due("2026");
    await due("2027-01-01");
    const own = await due("2026-12-10");
    await setMilestones(system, {
      id: own.id,
      version: own.version,
      milestones: [
        { title: text("Roof"), phrase: null, edtf: "2026-12-24", doneOn: null },
        { title: text("Floor"), phrase: null, edtf: "2026-12-25", doneOn: "2026-11-01" },
        { title: text("Door"), phrase: null, edtf: "2026-12", doneOn: null },
      ],
    });
    instrument = await addRecord({
      form: "instrument",
      kind: "agreement",
      instrument: {
        signed: null,
        inEffectFrom: null,
        ends: "2027-03-01",
        noticeDays: 90,
        binding: "unknown",
        textHeld: false,
        lifecycle: "in_effect",
        inferred: null,
      },
    });
    await recordMeeting(system, {
      portfolioId,
      key: "session",
      kind: "committee_session",
      name: text("The session"),
      statement: text("It meets."),
      phrase: null,
      edtf: "2026-12-30/2027-01-02",
      inferred: null,
      placeId: null,
      partyIds: ["laos"],
      citations: [],
    });
  });

  test("has what falls on each day", async () => {
    const { days, holidays } = await read("2026-12");
    expect(said(days.get("2026-12-31"))).toEqual([
      "meeting session",
      `deadline ${day.reference}`,
      `deadline ${by.reference}`,
    ]);
    expect(said(days.get("2026-12-30"))).toEqual(["meeting session"]);
    expect(said(days.get("2026-12-01"))).toEqual([`notice ${instrument.reference}`]);
    expect(said(days.get("2026-12-24"))).toEqual([expect.stringMatching(/^milestone /)]);
    // What is reached is no date any more.
    expect(days.has("2026-12-25")).toBe(false);
    expect(holidays.map(({ country, day: on }) => `${country} ${on}`)).toEqual(["LA 2026-12-02"]);
    expect(said((await read("2027-01")).days.get("2027-01-02"))).toEqual(["meeting session"]);
    expect(said((await read("2027-03")).days.get("2027-03-01"))).toEqual([`end ${instrument.reference}`]);
  });

  test("sets apart what is only known to the month, or to the year", async () => {
    const { month: some, year: long } = await read("2026-12");
    expect(said(some)).toEqual([expect.stringMatching(/^milestone /), `deadline ${month.reference}`]);
    // The congress of the register meets "in 2026".
    expect(said(long)).toEqual(["meeting congress", `deadline ${year.reference}`]);
    expect(said((await read("2026-02")).year)).toEqual(said(long));
    expect(said((await read("2026-02")).month)).toEqual([]);
  });

  test("has only what the filters let through", async () => {
    const { days, month: some } = await read("2026-12", { owner: ["me"] });
    expect(said(days.get("2026-12-31"))).toEqual(["meeting session"]);
    expect(some.deadlines).toBe(0);
  });

  test("has what was done, marked so", async () => {
    const done = await due("2026-12-15");
    await reportProgress(system, {
      id: done.id,
      version: done.version,
      completion: "complete",
      evidence: "none",
      confidence: null,
      text: "done",
      asOf: "2026-11-20",
      evidenceUrl: "",
    });
    const entry = (await read("2026-12")).days.get("2026-12-15")?.shown[0];
    expect(entry).toMatchObject({ kind: "deadline", reference: done.reference, schedule: "done" });
  });
});

describe("a busy month", () => {
  beforeAll(async () => {
    for (const edtf of ["2026-12-16", "2026-12", "2026"]) for (let at = 0; at < 14; at++) await due(edtf);
  });

  test("shows some of many", async () => {
    const { days, month, year } = await read("2026-12");
    expect(days.get("2026-12-16")).toMatchObject({ deadlines: 14, more: 9 });
    expect([month.more, year.more].every((more) => more > 0)).toBe(true);
  });

  test.each(["2026-12", "2027-01"])("%s counts what the register lists", async (month) => {
    const { days, month: some, year } = await read(month);
    const { from, to } = daysOfMonth(month);
    const parts: [Entries, due: string, precision: string][] = [
      [some, `${from}..${to}`, "month"],
      [year, `${month.slice(0, 4)}-01-01..${month.slice(0, 4)}-12-31`, "longer"],
      ...[...days].map(([day, entries]): [Entries, string, string] => [entries, `${day}..${day}`, "day"]),
    ];
    for (const [entries, due, precision] of parts) {
      const { listing } = parseListing({ due, precision });
      const { total } = await listCommitments(actor, portfolioId, listing, { locale: "en", today });
      expect(entries.deadlines, due).toBe(total);
      expect(entries.shown.filter(({ kind }) => kind === "deadline").length + entries.more, due).toBe(total);
    }
  });
});
