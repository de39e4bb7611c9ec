import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { assignOwner, reopen, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
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
  supersede,
} from "#lib/commitments/editing.ts";
import { setIndicators, setMeetings } from "#lib/commitments/linking.ts";
import { recordTarget } from "#lib/indicators/targets.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  nobody,
  type Register,
  stored,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

/** What holds for every command on one record, whatever it edits. */
type Edit = {
  command: (actor: Actor, input: unknown) => Promise<{ id: string; version: number }>;
  /** Of the record that it is tried on. */
  record?: Record<string, unknown>;
  /** Something that changes that record. */
  input: Record<string, unknown>;
  /** What the history says changed. */
  changes: Record<string, unknown>;
  /** What a stale edit is told stands there, as long as nobody has changed it. */
  theirs?: Record<string, unknown>;
  /** Doing it twice is doing something twice. */
  repeats?: boolean;
};

let register: Register;
let owner: Actor & { id: string };
let viewer: Actor;
let edits: Record<string, Edit>;

const instrument = {
  signed: null,
  inEffectFrom: "2021",
  ends: "2025",
  noticeDays: null,
  binding: "unknown",
  textHeld: false,
  lifecycle: "in_effect",
};

beforeAll(async () => {
  register = await makeRegister();
  owner = await addActor("editor");
  viewer = await addActor("viewer");
  const other = await addRecord({ title: text("A plan") });
  const successor = await addRecord({ title: text("A newer plan"), ownerId: owner.id });
  edits = {
    assignOwner: {
      command: assignOwner,
      input: { ownerId: null },
      changes: { owner: ["Test editor", null] },
      theirs: { owner: "Test editor" },
    },
    reportProgress: {
      command: reportProgress,
      input: { completion: "limited", evidence: "reported", confidence: "amber", text: "", evidenceUrl: "" },
      changes: { completion: ["not_reported", "limited"], evidence: ["none", "reported"], confidence: [null, "amber"] },
      theirs: { completion: "not_reported", evidence: "none", confidence: null },
    },
    reviseDeadline: {
      command: reviseDeadline,
      record: { deadline: { phrase: "by 2026", edtf: "2026" } },
      input: { phrase: "by June 2027", edtf: "2027-06", anchorId: null, reason: "agreed at the 49th session" },
      changes: {
        deadline: [
          { phrase: "by 2026", edtf: "2026", earliest: "2026-01-01", latest: "2026-12-31" },
          { phrase: "by June 2027", edtf: "2027-06", earliest: "2027-06-01", latest: "2027-06-30" },
        ],
        reason: [null, "agreed at the 49th session"],
      },
      theirs: { phrase: "by 2026", edtf: "2026", anchorId: null },
    },
    withdraw: {
      command: withdraw,
      input: { reason: "The two sides gave it up." },
      changes: { completion: ["not_reported", "withdrawn"], reason: [null, "The two sides gave it up."] },
    },
    editTexts: {
      command: editTexts,
      input: {
        title: { ...text("A hospital for Attapeu"), vi: "Bệnh viện cho Attapeu" },
        statement: text("A hospital is to be built."),
        draftLocales: ["lo"],
      },
      changes: {
        "title.vi": ["A hospital for Attapeu (vi)", "Bệnh viện cho Attapeu"],
        draftLocales: [["vi", "lo"], ["lo"]],
      },
      theirs: { title: text("A hospital for Attapeu"), draftLocales: ["vi", "lo"] },
    },
    classify: {
      command: classify,
      input: { form: "instrument", kind: "mou", strength: "obligation", sectorId: "trade" },
      changes: {
        form: ["pledge", "instrument"],
        kind: ["deliverable", "mou"],
        strength: ["pledge", "obligation"],
        sectorId: ["health", "trade"],
        lifecycle: [null, "unknown"],
      },
      theirs: { form: "pledge", kind: "deliverable", sectorId: "health" },
    },
    setParties: {
      command: setParties,
      record: { parties: [{ partyId: "laos", role: "lead" }] },
      input: { parties: [{ partyId: "laos", role: "beneficiary" }], places: ["attapeu"] },
      changes: { parties: [["lead:laos"], ["beneficiary:laos"]], places: [[], ["attapeu"]] },
      theirs: { parties: [{ partyId: "laos", role: "lead" }], places: [] },
    },
    setMoney: {
      command: setMoney,
      record: { money: [{ amount: "5.50", currency: "USD", stage: "pledged" }] },
      input: { money: [{ amount: "9007199254740993.01", currency: "VND", stage: "disbursed" }] },
      changes: { money: [["5.5 USD pledged"], ["9007199254740993.01 VND disbursed"]] },
    },
    setMilestones: {
      command: setMilestones,
      input: { milestones: [{ title: text("Roof on"), phrase: null, edtf: "2026-06", doneOn: "2026-05-31" }] },
      changes: { milestones: [[], [{ title: text("Roof on"), phrase: null, edtf: "2026-06", doneOn: "2026-05-31" }]] },
      theirs: { milestones: [] },
    },
    editInstrument: {
      command: editInstrument,
      record: { form: "instrument", kind: "agreement", instrument },
      input: { ...instrument, ends: "2027", binding: "yes", lifecycle: "expired" },
      changes: { ends: ["2025", "2027"], binding: ["unknown", "yes"], lifecycle: ["in_effect", "expired"] },
      theirs: { ends: "2025", binding: "unknown", lifecycle: "in_effect" },
    },
    setRelations: {
      command: setRelations,
      input: { parentId: other.id, predecessorId: null },
      changes: { parentId: [null, other.id] },
      theirs: { parentId: null, predecessorId: null },
    },
    addCitation: {
      command: addCitation,
      input: { sourceId: register.source, paragraph: 7, note: null, supports: "deadline" },
      changes: { citation: [null, { source: "paper", paragraph: 7 }] },
      repeats: true,
    },
    setMeetings: {
      command: setMeetings,
      record: { meetings: [{ meetingId: register.meeting, relation: "made" }] },
      input: {
        meetings: [
          { meetingId: register.meeting, relation: "reviewed" },
          { meetingId: register.meeting, relation: "made" },
        ],
      },
      changes: { meetings: [["made:congress"], ["made:congress", "reviewed:congress"]] },
      theirs: { meetings: [{ meetingId: register.meeting, relation: "made" }] },
    },
    setIndicators: {
      command: setIndicators,
      input: { indicatorIds: [register.indicator] },
      changes: { indicators: [[], ["trade"]] },
      theirs: { indicatorIds: [] },
    },
    supersede: {
      command: supersede,
      record: { form: "instrument", kind: "agreement", instrument },
      input: { successorId: successor.id },
      changes: { completion: ["not_reported", "superseded"], lifecycle: ["in_effect", "superseded"] },
      theirs: {},
    },
    reopen: {
      command: reopen,
      record: { completion: "withdrawn" },
      input: {},
      changes: { completion: ["withdrawn", "not_reported"] },
    },
  };
}, 60_000);

const names = [
  "assignOwner",
  "reportProgress",
  "reviseDeadline",
  "withdraw",
  "editTexts",
  "classify",
  "setParties",
  "setMoney",
  "setMilestones",
  "editInstrument",
  "setRelations",
  "addCitation",
  "setMeetings",
  "setIndicators",
  "supersede",
  "reopen",
];

function edit(name: string): Edit {
  const found = edits[name];
  if (!found) throw new Error(`no edit ${name}`);
  return found;
}

const add = (name: string) => addRecord({ ownerId: owner.id, ...edit(name).record });

test("no edit is forgotten", () => {
  expect(Object.keys(edits)).toEqual(names);
});

describe.each(names)("%s", (name) => {
  test("writes the next version and one entry of the history, by who did it", async () => {
    const { command, input, changes } = edit(name);
    const { id } = await add(name);
    expect(await command(owner, { id, version: 1, ...input })).toEqual({ id, version: 2 });
    const history = await historyOf(id);
    expect(history).toMatchObject([
      { verb: `commitment.${name}`, actorId: owner.id, actorName: owner.name, batchId: null },
    ]);
    const { report: _report, ...told } = history[0]?.changes ?? {};
    expect(told).toEqual(changes);
    expect(await stored(id)).toMatchObject({ version: 2 });
  });

  test("writes nothing where nothing changes", async () => {
    const { command, input, repeats } = edit(name);
    if (repeats) return;
    const { id } = await add(name);
    await command(owner, { id, version: 1, ...input });
    const before = await stored(id);
    const again = command(owner, { id, version: 2, ...input });
    if (name === "reopen") await expect(again).rejects.toMatchObject({ key: "errors.notClosed" });
    else expect(await again).toEqual({ id, version: 2 });
    expect(await stored(id)).toEqual(before);
    expect(await historyOf(id)).toHaveLength(1);
  });

  test("refuses a stale version, and says what stands there", async () => {
    const { command, input, theirs = {} } = edit(name);
    const { id } = await add(name);
    const stale = await command(owner, { id, version: 41, ...input }).catch((error) => error);
    expect(stale).toMatchObject({ status: 409, version: 1, theirs });
    expect(await historyOf(id)).toEqual([]);
  });

  test("is not for viewers, and not on records that are not there", async () => {
    const { command, input } = edit(name);
    const { id } = await add(name);
    await expect(command(viewer, { id, version: 1, ...input })).rejects.toMatchObject({ status: 403 });
    await expect(command(owner, { id: nobody, version: 1, ...input })).rejects.toMatchObject({ status: 404 });
    expect(await stored(id)).toMatchObject({ version: 1 });
  });

  test("refuses input of another shape before it asks the database", async () => {
    const { command, input } = edit(name);
    const [{ count } = { count: 0 }] = await everything<
      { count: number }[]
    >`SELECT count(*)::int AS count FROM audit_event`;
    for (const bad of [
      null,
      [],
      "x",
      {},
      { ...input, id: "1", version: 1 },
      { ...input, id: nobody, version: 0 },
      { ...input, id: nobody, version: 1, extra: 1 },
    ]) {
      await expect(command(owner, bad)).rejects.toMatchObject({ status: 422, key: "errors.invalid" });
    }
    expect(await everything`SELECT count(*)::int AS count FROM audit_event`).toEqual([{ count }]);
  });
});

test("removeCitation takes one away, and only one of the record's own", async () => {
  const citations = [{ sourceId: register.source, paragraph: 3 }];
  const [one, other] = [await addRecord({ citations, ownerId: owner.id }), await addRecord({ citations })];
  const citationOf = async (id: string) =>
    (await everything`SELECT id FROM citation WHERE commitment_id = ${id}`)[0]?.id as string;
  const foreign = removeCitation(owner, { id: one.id, version: 1, citationId: await citationOf(other.id) });
  await expect(foreign).rejects.toMatchObject({ status: 404 });
  await removeCitation(owner, { id: one.id, version: 1, citationId: await citationOf(one.id) });
  expect(await citationOf(one.id)).toBeUndefined();
  expect(await historyOf(one.id)).toMatchObject([{ changes: { citation: [{ source: "paper", paragraph: 3 }, null] } }]);
});

test("a record is linked to meetings and indicators of its own portfolio, and keeps an indicator that it has a target for", async () => {
  const { id } = await addRecord({ ownerId: owner.id, indicatorIds: [register.indicator] });
  const { meeting, indicator } = register.elsewhere;
  const foreign = setMeetings(owner, { id, version: 1, meetings: [{ meetingId: meeting, relation: "made" }] });
  await expect(foreign).rejects.toMatchObject({ key: "errors.noSuchMeeting" });
  const measured = setIndicators(owner, { id, version: 1, indicatorIds: [indicator] });
  await expect(measured).rejects.toMatchObject({ key: "errors.noSuchIndicator" });
  const twice = [register.indicator, register.indicator];
  await expect(setIndicators(owner, { id, version: 1, indicatorIds: twice })).rejects.toMatchObject({
    fields: { indicatorIds: ["errors.twice"] },
  });
  const target = { indicatorId: register.indicator, commitmentId: id, value: 5, edtf: null };
  await recordTarget(system, { ...target, sourceId: register.source, paragraph: 1 });
  const { version } = await stored(id);
  await expect(setIndicators(owner, { id, version, indicatorIds: [] })).rejects.toMatchObject({
    key: "errors.hasTarget",
  });
});
