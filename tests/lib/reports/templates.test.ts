import { beforeAll, describe, expect, test } from "vitest";
import { reopen, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { setRelations } from "#lib/commitments/editing.ts";
import { setMeetings } from "#lib/commitments/linking.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { correctFigure, recordFigure } from "#lib/indicators/figures.ts";
import { recordTarget } from "#lib/indicators/targets.ts";
import { recordMeeting } from "#lib/meetings/commands.ts";
import { type Built, buildReport } from "#lib/reports/build.ts";
import type { Cell, Section } from "#lib/reports/document.ts";
import { sectionsOf } from "#lib/reports/outline.ts";
import { type ReportRequest, requestSchema, templates } from "#lib/reports/request.ts";
import {
  addActor,
  makeRegister,
  newRecord,
  portfolioId,
  type Register,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

/** What each template tells of a small register whose every step has its day. */

const at = (day: string) => ({ now: new Date(`${day}T05:00:00Z`) });
const now = at("2026-09-01").now;
const half = { kind: "days", from: "2026-02-01", to: "2026-06-30", meetings: null } as const;
let register: Register;
/** Name → reference. */
const made = new Map<string, { id: string; reference: string; version: number }>();

const build = (over: Partial<ReportRequest>): Promise<Built> =>
  buildReport(system, requestSchema.parse({ template: "between", locale: "en", ...over }), { portfolioId, now });
const rowsIn = (sections: readonly Section[], id: string): (readonly Cell[])[] =>
  sections
    .find((section) => section.id === id)
    ?.blocks.flatMap((block) => (block.kind === "table" ? [...block.rows] : [])) ?? [];
const says = (sections: readonly Section[], id: string) =>
  rowsIn(sections, id).map((row) => row.map((cell) => cell.text));
const names = (sections: readonly Section[], id: string) => rowsIn(sections, id).map(([, title]) => title?.text ?? "");

async function add(name: string, day: string, over: Record<string, unknown> = {}) {
  const { id, reference } = await createCommitment(system, { ...newRecord, title: text(name), ...over }, at(day));
  made.set(name, { id, reference, version: 1 });
}
async function step(
  name: string,
  day: string,
  work: (target: { id: string; version: number }, on: { now: Date }) => Promise<{ version: number }>,
) {
  const record = made.get(name);
  if (!record) throw new Error(`no record ${name}`);
  record.version = (await work({ id: record.id, version: record.version }, at(day))).version;
}
const report = (name: string, day: string, completion: string, asOf = day, confidence: string | null = null) =>
  step(name, day, (target, on) =>
    reportProgress(
      system,
      { ...target, completion, evidence: "reported", confidence, text: `${name} on ${asOf}`, evidenceUrl: "", asOf },
      on,
    ),
  );
const until = (edtf: string) => ({ deadline: { phrase: null, edtf, anchorId: null } });
const ledBy = (partyId: string) => ({ parties: [{ partyId, role: "lead" }] });
const instrument = (ends: string | null, noticeDays: number | null = null) => ({
  form: "instrument",
  kind: "agreement",
  instrument: {
    signed: "2021",
    inEffectFrom: null,
    ends,
    noticeDays,
    binding: "yes",
    textHeld: true,
    lifecycle: "in_effect",
  },
});

beforeAll(async () => {
  register = await makeRegister();
  const { id: review } = await recordMeeting(system, {
    portfolioId,
    inferred: null,
    key: "review",
    kind: "committee_session",
    name: text("The review"),
    statement: text("They review."),
    phrase: null,
    edtf: "2026-03-20",
    placeId: null,
    partyIds: [],
    citations: [],
  });
  const day = "2026-01-10";
  await add("done in time", day, { ...until("2026-04-30"), ...ledBy("laos") });
  await add("started", day);
  await add("slipped", day, { ...until("2026-05-31"), ...ledBy("viet-nam") });
  await add("withdrawn", day);
  await add("restated", day);
  await add("fell back", day);
  await add("told late", day, { ...until("2026-02-28"), ...ledBy("laos") });
  await add("opened again", day);
  await add("doubted", day, until("2026-08-31"));
  await report("fell back", "2026-01-20", "limited");
  await step("opened again", "2026-01-20", (target, on) => withdraw(system, { ...target, reason: "a mistake" }, on));

  await report("done in time", "2026-03-05", "complete", "2026-03-01");
  await report("started", "2026-03-05", "limited", "2026-03-01");
  await report("fell back", "2026-03-10", "not_started");
  await add("promised", "2026-03-15");
  await step("restated", "2026-03-25", (target, on) =>
    setMeetings(system, { ...target, meetings: [{ meetingId: review, relation: "restated" }] }, on),
  );
  await step("slipped", "2026-04-10", (target, on) =>
    reviseDeadline(system, { ...target, phrase: null, edtf: "2026-12-31", anchorId: null, reason: "Rain" }, on),
  );
  await step("withdrawn", "2026-05-01", (target, on) => withdraw(system, { ...target, reason: "No money" }, on));
  await step("opened again", "2026-05-02", (target, on) => reopen(system, target, on));
  await report("doubted", "2026-06-01", "limited", "2026-06-01", "red");
  // What was learned after the period of what happened in it.
  await report("told late", "2026-08-01", "complete", "2026-03-02");
  await step("slipped", "2026-08-02", (target, on) =>
    reviseDeadline(system, { ...target, phrase: null, edtf: "2027-12-31", anchorId: null, reason: "More rain" }, on),
  );
}, 60_000);

describe("between two days", () => {
  test("tells what became of each record, by the days that reports speak of", async () => {
    const { document, request } = await build({ period: half });
    const { sections } = document;
    expect(request.day).toBe("2026-06-30");
    expect(names(sections, "done")).toEqual(["done in time", "told late"]);
    expect(names(sections, "started")).toEqual(["started", "doubted"]);
    expect(names(sections, "fellBack")).toEqual(["fell back", "opened again"]);
    expect(names(sections, "promised")).toEqual(["promised"]);
    expect(names(sections, "closed")).toEqual(["withdrawn"]);
    expect(
      rowsIn(sections, "restated")[0]
        ?.map(({ text }) => text)
        .slice(3, 5),
    ).toEqual(["The review", "Restated"]);
  });

  test("tells old and new deadlines, why and who", async () => {
    const { document } = await build({ period: half });
    const [row, ...others] = says(document.sections, "slipped");
    expect(others).toEqual([]);
    expect(row?.slice(1)).toEqual([
      "slipped",
      "viet-nam",
      "31 May 2026",
      "31 December 2026",
      "214",
      "Rain (test, 10 Apr 2026)",
    ]);
    expect(says(document.sections, "closed")[0]?.at(4)).toBe("No money (test, 1 May 2026)");
  });

  test("by what was known at the end of the period, it lacks what was told later", async () => {
    const { document } = await build({ period: half, known: "2026-06-30" });
    expect(names(document.sections, "done")).toEqual(["done in time"]);
  });

  test("by meetings is the same as by their days", async () => {
    const meetings = await build({ period: { kind: "meetings", from: "review", to: null }, day: "2026-06-30" });
    const days = await build({ period: { kind: "days", from: "2026-03-20", to: "2026-06-30", meetings: null } });
    expect(meetings.document.sections).toEqual(days.document.sections);
    expect(meetings.document.facts.map(({ text }) => text).join()).toContain("The review");
  });
});

test("risk: late, doubted, not begun, moved again and again", async () => {
  const { document } = await build({ template: "risk" });
  expect(names(document.sections, "unlikely")).toEqual(["doubted"]);
  expect(names(document.sections, "overdue")).toEqual(["doubted"]);
  expect(says(document.sections, "slippedOften")[0]?.slice(1)).toEqual([
    "slipped",
    "viet-nam",
    "Nobody",
    "2",
    "31 May 2026 → 31 December 2026 → 31 December 2027",
  ]);
  const before = await build({ template: "risk", day: "2026-07-15" });
  expect(names(before.document.sections, "slippedOften")).toEqual([]);
  expect(names((await build({ template: "risk", day: "2026-04-30" })).document.sections, "notBegun")).toEqual([]);
});

test("scorecard: in time, with how many that rests on", async () => {
  const { document } = await build({ template: "scorecard" });
  expect(says(document.sections, "laos")).toEqual([["laos", "2", "0", "0", "2", "0", "", "50% of 2"]]);
  expect(says(document.sections, "vietNam")).toEqual([
    ["viet-nam", "1", "1", "0", "0", "1", "", "Nothing to judge by"],
  ]);
  const early = await build({ template: "scorecard", known: "2026-06-30", day: "2026-06-30" });
  expect(says(early.document.sections, "laos")).toEqual([["laos", "2", "1", "1", "1", "1", "122", "100% of 1"]]);
});

test("lapsing: what ended, what ends, what is open under it and what continues it", async () => {
  const day = "2026-01-11";
  await add("old agreement", day, instrument("2025"));
  await add("new agreement", day, instrument("2030"));
  await add("ending", day, instrument("2026-10-31", 90));
  await add("no end", day, instrument(null));
  await add("under it", day);
  await add("under that", day);
  const idOf = (name: string) => made.get(name)?.id ?? "";
  const relate = (name: string, parent: string | null, predecessor: string | null) =>
    step(name, day, (target, on) =>
      setRelations(
        system,
        { ...target, parentId: parent && idOf(parent), predecessorId: predecessor && idOf(predecessor) },
        on,
      ),
    );
  await relate("under it", "old agreement", null);
  await relate("under that", "under it", null);
  await relate("new agreement", null, "old agreement");
  const { document } = await build({ template: "lapsing" });
  const { sections } = document;
  expect(says(sections, "lapsed").map((row) => [row[1], row[6], row[7]])).toEqual([
    ["old agreement", "2", made.get("new agreement")?.reference],
  ]);
  expect(says(sections, "ending").map((row) => [row[1], row[3], row[5], row[6], row[7]])).toEqual([
    ["ending", "31 October 2026", "2 Aug 2026", "0", "None"],
  ]);
  expect(names(sections, "carryOver")).toEqual(["under it", "under that"]);
  expect(names(sections, "endUnknown")).toEqual(["no end"]);
});

describe("indicators", () => {
  const figure = (value: number, edtf: string, over = {}) => ({
    ...{ value, edtf, qualifier: "exact", kind: null, phrase: null, inferred: null, note: null, paragraph: 1 },
    ...{ sourceId: register.source, ...over },
  });

  test("are told as they were known: what was entered or corrected later is out", async () => {
    const { id: indicatorId } = await recordIndicator(
      system,
      { portfolioId, key: "value", name: text("Value"), unit: "USD", direction: "increase", observations: [] },
      at("2026-01-10"),
    );
    await recordFigure(system, { indicatorId, ...figure(2e9, "2024") }, at("2026-02-01"));
    const { id } = await recordFigure(system, { indicatorId, ...figure(9e9, "2025") }, at("2026-02-02"));
    await recordTarget(
      system,
      {
        ...{ indicatorId, commitmentId: made.get("started")?.id, value: 5e9, phrase: null, edtf: "2030" },
        ...{ sourceId: register.source, paragraph: 2 },
      },
      at("2026-02-03"),
    );
    const correction = { ...figure(3e9, "2025"), reason: "a nine for a three" };
    await correctFigure(system, { id, version: 1, ...correction }, at("2026-03-01"));
    await recordFigure(system, { indicatorId, ...figure(2.5e9, "2025", { paragraph: 3 }) }, at("2026-04-01"));

    const told = async (known: string | null) => {
      const { document } = await build({ template: "indicators", day: known, known });
      const values = rowsIn(document.sections, "trajectories").map((row) => row[1]?.value);
      return { values, conflicts: says(document.sections, "conflicts").length, document };
    };
    const last = await told(null);
    expect(last.values.slice(0, 1)).toEqual([2e9]);
    expect(last.values.toSorted()).toEqual([2e9, 2.5e9, 3e9].toSorted());
    expect(last.conflicts).toBe(1);
    expect((await told("2026-03-15")).values).toEqual([2e9, 3e9]);
    expect((await told("2026-02-15")).values).toEqual([2e9, 9e9]);
    expect((await told("2026-02-01")).values).toEqual([]);
    const [picture] = last.document.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "drawing" ? [block] : [])),
    );
    expect(picture?.alt).toContain("USD 2.5 billion");
    expect(picture?.svg).toContain("<polyline");
  });

  test("without a target date cannot be assessed", async () => {
    await recordTarget(system, {
      ...{
        indicatorId: register.indicator,
        commitmentId: made.get("restated")?.id,
        value: 9e9,
        phrase: "soon",
        edtf: null,
      },
      ...{ sourceId: register.source, paragraph: 2 },
    });
    const { document } = await buildReport(system, requestSchema.parse({ template: "indicators", locale: "en" }), {
      portfolioId,
      now: new Date("2030-01-01T00:00:00Z"),
    });
    expect(says(document.sections, "unassessed").map((row) => row.at(3))).toContain(
      "The text says no day by which the number is to be reached.",
    );
  });
});

test("brief: one record, on its day", async () => {
  const { reference } = made.get("slipped") ?? { reference: "" };
  const { document, records } = await build({ template: "brief", record: reference.toLowerCase(), day: "2026-06-30" });
  expect(records).toHaveLength(1);
  expect(document).toMatchObject({ title: `${reference} slipped`, brief: true });
  expect(says(document.sections, "deadlines").map((row) => row[3])).toEqual(["Rain (test)"]);
  await expect(build({ template: "brief", record: "TST-9999" })).rejects.toMatchObject({
    fields: { record: ["reports.errors.record"] },
  });
});

describe("every template", () => {
  test.each(templates)(
    "%s has its sections, chosen and in the asked order, numbered notes as they come",
    async (template) => {
      const record = made.get("slipped")?.reference ?? null;
      const own = sectionsOf[template];
      const whole = await build({ template, record });
      expect(whole.document.sections.map(({ id }) => id)).toEqual(own);
      const chosen = [own.at(-1), own[0]] as string[];
      const { document } = await build({ template, record, sections: chosen });
      expect(document.sections.map(({ id }) => id)).toEqual(chosen);
      const cited = document.sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.kind === "table" ? block.rows.flat().flatMap(({ notes = [] }) => notes) : [])),
      );
      expect([...new Set(cited)]).toEqual(document.notes.map((_, at) => at + 1));
      await expect(build({ template, record, sections: ["nothing"] })).rejects.toMatchObject({
        fields: { sections: ["reports.errors.sections"] },
      });
    },
  );

  test.each(templates)("%s is the same when it is made again of what was worked out", async (template) => {
    const record = made.get("slipped")?.reference ?? null;
    const first = await build({ template, record, scope: "sector=health" });
    expect(await build(first.request)).toEqual(first);
  });

  test("tells of nothing where there is nothing", async () => {
    for (const template of templates.filter((each) => each !== "brief")) {
      const { records, document } = await build({ template, scope: "q=nothing-has-this-word" });
      expect(records).toEqual([]);
      expect(document.sections.length).toBe(sectionsOf[template].length);
    }
  });
});

test("whose records they are is said by name", async () => {
  const me = await addActor("manager");
  const request = requestSchema.parse({ template: "status", locale: "en", scope: "owner=me" });
  const { document } = await buildReport(me, request, { portfolioId, now });
  expect(document.facts.map(({ text }) => text).join()).toContain(`Owner: ${me.name}`);
});
