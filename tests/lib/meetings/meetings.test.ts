import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { reviseDeadline } from "#lib/commitments/commands.ts";
import { recordMeeting, reviseMeeting } from "#lib/meetings/commands.ts";
import { getMeeting, listMeetings } from "#lib/meetings/queries.ts";
import { isAhead } from "#lib/meetings/rules.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  nobody,
  portfolioId,
  type Register,
  stored,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

let register: Register;
let manager: Actor & { id: string };
beforeAll(async () => {
  register = await makeRegister();
  manager = await addActor("manager");
}, 60_000);

let count = 0;
const newMeeting = (over: Record<string, unknown> = {}) => ({
  portfolioId,
  key: `session-${++count}`,
  kind: "committee_session",
  name: text("A session"),
  statement: text("It meets."),
  phrase: "in December",
  edtf: "2025-12~",
  inferred: text("The year is the paper's."),
  placeId: "attapeu",
  partyIds: ["viet-nam", "laos"],
  citations: [{ sourceId: register.source, paragraph: 4, note: text("Says when.") }],
  ...over,
});
const addMeeting = (over?: Record<string, unknown>) => recordMeeting(system, newMeeting(over));

describe("recording a meeting", () => {
  test("keeps when, where, who and where that is said", async () => {
    const { id } = await addMeeting({ key: "the-48th" });
    expect(await getMeeting(system, portfolioId, "the-48th")).toMatchObject({
      id,
      version: 1,
      phrase: "in December",
      edtf: "2025-12~",
      earliest: "2025-12-01",
      latest: "2025-12-31",
      inferred: text("The year is the paper's."),
      place: { id: "attapeu" },
      parties: [{ id: "viet-nam" }, { id: "laos" }],
      citations: [{ paragraph: 4, note: text("Says when."), source: { key: "paper" } }],
      counts: {},
      commitments: [],
      anchored: [],
    });
    expect(await historyOf(id)).toMatchObject([{ verb: "meeting.record", changes: { key: [null, "the-48th"] } }]);
  });

  test.each([
    ["a key that is taken", { key: "congress" }, { key: "errors.keyTaken" }],
    ["a party that is not there", { partyIds: ["nobody"] }, { key: "errors.noSuchParty" }],
    ["a place that is not there", { placeId: "nowhere" }, { key: "errors.noSuchPlace" }],
    ["a portfolio that is not there", { portfolioId: "nowhere" }, { status: 404 }],
    ["a date that is none", { edtf: "soon" }, { fields: { edtf: ["errors.date.notEdtf"] } }],
    ["a key of its own making", { key: "Not A Key" }, { fields: { key: ["errors.text.key"] } }],
  ])("is refused with %s", async (_what, over, refusal) => {
    await expect(recordMeeting(manager, newMeeting(over))).rejects.toMatchObject(refusal);
  });

  test("is for managers, and cites only what is there", async () => {
    const editor = await addActor("editor");
    await expect(recordMeeting(editor, newMeeting())).rejects.toMatchObject({ status: 403 });
    for (const [sourceId, paragraph] of [[register.elsewhere.source, 1] as const, [register.source, 11] as const]) {
      const citations = [{ sourceId, paragraph, note: null }];
      await expect(recordMeeting(manager, newMeeting({ citations }))).rejects.toMatchObject({ status: 422 });
    }
  });
});

describe("a new date for a meeting", () => {
  const date = { phrase: "on 20 January 2027", edtf: "2027-01-20", inferred: null, reason: "Announced." };

  test("moves what hangs on it, with a revision and an entry each, in one batch", async () => {
    const { id } = await addMeeting();
    const own = await addRecord({ deadline: { phrase: "at the session", edtf: null, anchorId: id } });
    const limited = await addRecord({ deadline: { phrase: "by 2026, for the session", edtf: "2026", anchorId: id } });
    const before = await stored(limited.id);
    expect(before).toMatchObject({ deadline_latest: "2025-12-31" });
    expect(await reviseMeeting(manager, { id, version: 1, ...date })).toEqual({ id, version: 2, moved: 2 });
    expect(await stored(own.id)).toMatchObject({
      deadline_phrase: "at the session",
      deadline_edtf: null,
      deadline_earliest: "2027-01-20",
      deadline_latest: "2027-01-20",
      version: 2,
    });
    // What was promised by 2026 is not put off by a later meeting.
    expect(await stored(limited.id)).toMatchObject({ deadline_latest: "2026-12-31", version: 2 });
    const revisions = await everything`
      SELECT seq, latest, reason, by_name AS by FROM deadline_revision WHERE commitment_id = ${own.id} ORDER BY seq`;
    expect(revisions).toEqual([
      { seq: 0, latest: "2025-12-31", reason: null, by: "test" },
      { seq: 1, latest: "2027-01-20", reason: "Announced.", by: manager.name },
    ]);
    const [[meeting], [first], [second]] = [
      await historyOf(id).then((all) => all.slice(1)),
      await historyOf(own.id),
      await historyOf(limited.id),
    ];
    expect(meeting).toMatchObject({
      verb: "meeting.revise",
      changes: { edtf: ["2025-12~", "2027-01-20"], reason: [null, "Announced."] },
    });
    expect(first).toMatchObject({
      verb: "meeting.revise",
      changes: { deadline: [{ latest: "2025-12-31" }, { latest: "2027-01-20" }], reason: [null, "Announced."] },
    });
    expect(new Set([meeting, first, second].map((entry) => entry?.batchId)).size).toBe(1);
    expect(first?.batchId).not.toBeNull();
  });

  test("leaves alone what comes out the same, and what hangs on nothing", async () => {
    const { id } = await addMeeting({ edtf: "2026-06" });
    const fixed = await addRecord({ deadline: { phrase: null, edtf: "2020", anchorId: id } });
    const free = await addRecord({ deadline: { phrase: null, edtf: "2026" } });
    expect(await reviseMeeting(manager, { id, version: 1, ...date })).toMatchObject({ moved: 0 });
    for (const record of [fixed, free]) {
      expect(await stored(record.id)).toMatchObject({ version: 1 });
      expect(await historyOf(record.id)).toEqual([]);
    }
  });

  test("taken away leaves what hangs on it undated", async () => {
    const { id } = await addMeeting();
    const record = await addRecord({ deadline: { phrase: "at the session", edtf: null, anchorId: id } });
    await reviseMeeting(manager, { id, version: 1, phrase: null, edtf: null, inferred: null, reason: "Put off." });
    expect(await stored(record.id)).toMatchObject({ deadline_latest: null, deadline_phrase: "at the session" });
  });

  test("the same date writes nothing; a stale one shows what stands there", async () => {
    const { id } = await addMeeting();
    const same = { phrase: "in December", edtf: "2025-12~", inferred: text("The year is the paper's.") };
    const again = await reviseMeeting(manager, { id, version: 1, ...same, reason: "Again." });
    expect(again).toEqual({ id, version: 1, moved: 0 });
    expect(await historyOf(id)).toHaveLength(1);
    const stale = reviseMeeting(manager, { id, version: 2, ...date });
    await expect(stale).rejects.toMatchObject({ status: 409, version: 1, theirs: { edtf: "2025-12~" } });
  });

  test("needs a reason, a meeting and a manager", async () => {
    const { id } = await addMeeting();
    const silent = reviseMeeting(manager, { id, version: 1, ...date, reason: " " });
    await expect(silent).rejects.toMatchObject({ fields: { reason: ["errors.text.empty"] } });
    await expect(reviseMeeting(manager, { id: nobody, version: 1, ...date })).rejects.toMatchObject({ status: 404 });
    for (const role of ["viewer", "editor"] as const) {
      const refused = reviseMeeting(await addActor(role), { id, version: 1, ...date });
      await expect(refused).rejects.toMatchObject({ status: 403 });
    }
  });

  test("and a deadline that comes to hang on it at the same moment agree in the end", async () => {
    for (let time = 0; time < 5; time++) {
      const { id } = await addMeeting();
      const records = await Promise.all(Array.from({ length: 4 }, () => addRecord()));
      await Promise.all([
        reviseMeeting(manager, { id, version: 1, ...date }),
        ...records.map((record) =>
          reviseDeadline(manager, { id: record.id, version: 1, phrase: "then", anchorId: id }),
        ),
      ]);
      for (const record of records) expect(await stored(record.id)).toMatchObject({ deadline_latest: "2027-01-20" });
    }
  });
});

test("meetings come in the order of time, with what was done there", async () => {
  const late = await addMeeting({ key: "late", edtf: "2031-05-01" });
  await addMeeting({ key: "never", edtf: null });
  await addRecord({
    meetings: [
      { meetingId: late.id, relation: "made" },
      { meetingId: late.id, relation: "reviewed" },
    ],
  });
  await addRecord({ meetings: [{ meetingId: late.id, relation: "made" }] });
  const meetings = await listMeetings(system, portfolioId);
  const days = meetings.map(({ latest }) => latest ?? "9999");
  expect(days).toEqual([...days].sort());
  expect(meetings.find(({ latest }) => latest === null)).toBeDefined();
  expect(meetings.find(({ key }) => key === "late")?.counts).toEqual({ made: 2, reviewed: 1 });
  const page = await getMeeting(system, portfolioId, "late");
  expect(page?.commitments.map(({ relation }) => relation)).toEqual(["made", "made", "reviewed"]);
  expect(await getMeeting(system, "other-register", "late")).toBeNull();
  expect((await listMeetings(system, null)).length).toBeGreaterThan(meetings.length);
});

test("a meeting is ahead once the first day that its date allows is", () => {
  expect(isAhead({ earliest: "2026-11-22" }, "2026-11-21")).toBe(true);
  expect(isAhead({ earliest: "2026-11-21" }, "2026-11-21")).toBe(false);
  expect(isAhead({ earliest: null }, "2026-11-21")).toBe(false);
});
