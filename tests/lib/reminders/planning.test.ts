import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { assignOwner, reopen, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
import { setMilestones, supersede } from "#lib/commitments/editing.ts";
import { reviseMeeting } from "#lib/meetings/commands.ts";
import { planDue, stillDue } from "#lib/reminders/planning.ts";
import { mute, snooze, unmute, watchRecord, watchView } from "#lib/reminders/watching.ts";
import { saveView } from "#lib/views/commands.ts";
import {
  addActor,
  addRecord,
  makeRegister,
  portfolioId,
  type Register,
  system,
} from "#tests/lib/commitments/register.ts";
import { enterRule, liveThrough, morning, remindersOf } from "#tests/lib/reminders/rules.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase();

type Somebody = Awaited<ReturnType<typeof addActor>>;
let [owner, other, manager] = [] as unknown as Somebody[] as [Somebody, Somebody, Somebody];
let register: Register;
let ruleId: string;
beforeAll(async () => {
  register = await makeRegister();
  owner = await addActor("editor");
  other = await addActor("editor");
  manager = await addActor("manager");
}, 60_000);

const run = (text: string, values: unknown[] = []) => query(process.env.KEPT_OWNER_URL ?? "", text, values);

// A month and a week before a deadline, on the day, and a week after it; nothing planned yet, and nobody has ever asked.
beforeEach(async () => {
  await run("DELETE FROM reminder");
  await run("DELETE FROM reminder_rule");
  await run("DELETE FROM job");
  ruleId = await enterRule();
});

/** A record of the owner's with a deadline. */
async function owned(edtf: string | null, over: Record<string, unknown> = {}) {
  const deadline = edtf === null ? null : { phrase: `by ${edtf}`, edtf, anchorId: null };
  const { id } = await addRecord({ deadline, ...over });
  return await assignOwner(system, { id, version: 1, ownerId: owner.id });
}

const occurrences = async (id: string, personId = owner.id) =>
  (await remindersOf(id)).filter((one) => one.personId === personId).map(({ occurrence }) => occurrence);

const at = (day: string) => planDue(morning(day));

/** The reminders of a record that would still be told, in words. */
async function standing(id: string, day: string): Promise<string[]> {
  const rows = await everything<{ id: string; occurrence: string }[]>`
    SELECT id, occurrence FROM reminder WHERE commitment_id = ${id} ORDER BY due_at, occurrence`;
  const due = await stillDue(
    rows.map((row) => row.id),
    morning(day),
  );
  return rows.filter((row) => due.has(row.id)).map(({ occurrence }) => occurrence);
}

test("a deadline is told before, on and after its last day, and nothing twice", async () => {
  const { id } = await owned("2027-03");
  await liveThrough("2027-02-20", "2027-04-15");
  expect(await occurrences(id)).toEqual([-30, -7, 0, 7].map((offset) => `deadline:2027-03-31:${offset}`));
  expect((await remindersOf(id)).map(({ dueAt }) => dueAt.toISOString())).toEqual([
    "2027-03-01T01:00:00.000Z",
    "2027-03-24T01:00:00.000Z",
    "2027-03-31T01:00:00.000Z",
    "2027-04-07T01:00:00.000Z",
  ]);
  expect(await planDue(morning("2027-04-15"))).toMatchObject({ added: 0 });
});

describe("what people do changes at once what is still to be told", () => {
  test("revising: the new deadline counts, and going back tells nothing again", async () => {
    const { id, version } = await owned("2027-03-31");
    await at("2027-03-01");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30"]);
    const revise = (edtf: string, from: number) =>
      reviseDeadline(system, { id, version: from, phrase: edtf, edtf, anchorId: null, reason: "Later." });
    await revise("2027-04-30", version);
    expect(await standing(id, "2027-03-01")).toEqual([]);
    await liveThrough("2027-03-24", "2027-03-31");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30", "deadline:2027-04-30:-30"]);
    await revise("2027-03-31", version + 1);
    await at("2027-03-31");
    expect(await occurrences(id)).toEqual([
      "deadline:2027-03-31:-30",
      "deadline:2027-03-31:0",
      "deadline:2027-04-30:-30",
    ]);
    expect(await standing(id, "2027-03-31")).toEqual(["deadline:2027-03-31:-30", "deadline:2027-03-31:0"]);
  });

  test("a deadline revised to today's distance is told today", async () => {
    const { id, version } = await owned("2028-12-31");
    await at("2027-03-01");
    await reviseDeadline(system, {
      id,
      version,
      phrase: "soon",
      edtf: "2027-03-31",
      anchorId: null,
      reason: "Sooner.",
    });
    await planDue(new Date("2027-03-01T09:30:00Z"));
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30"]);
  });

  test("completing", async () => {
    const { id, version } = await owned("2027-03-31");
    await at("2027-03-01");
    const report = { text: "Done.", evidence: "none", confidence: null, evidenceUrl: null, asOf: null };
    await reportProgress(system, { id, version, completion: "complete", ...report }, { now: morning("2027-03-02") });
    expect(await standing(id, "2027-03-02")).toEqual([]);
    await liveThrough("2027-03-20", "2027-04-10");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30"]);
  });

  test("withdrawing, and taking it up again", async () => {
    const { id, version } = await owned("2027-03-31");
    await at("2027-03-01");
    await withdraw(system, { id, version, reason: "By mistake." });
    expect(await standing(id, "2027-03-01")).toEqual([]);
    // As a letter does that finds nothing to say any more.
    await run("UPDATE reminder SET dropped_at = now() WHERE commitment_id = $1", [id]);
    await at("2027-03-01");
    expect(await everything`SELECT FROM reminder WHERE commitment_id = ${id} AND dropped_at IS NULL`).toHaveLength(0);
    await reopen(system, { id, version: version + 1 });
    await at("2027-03-01");
    expect(
      await everything`SELECT letter_id FROM reminder WHERE commitment_id = ${id} AND dropped_at IS NULL`,
    ).toHaveLength(1);
    expect(await standing(id, "2027-03-01")).toEqual(["deadline:2027-03-31:-30"]);
  });

  test("superseding", async () => {
    const { id, version } = await owned("2027-03-31");
    const successor = await owned("2027-03-31");
    await supersede(system, { id, version, successorId: successor.id });
    await at("2027-03-01");
    expect(await occurrences(id)).toEqual([]);
    expect(await occurrences(successor.id)).toEqual(["deadline:2027-03-31:-30"]);
  });

  test("giving it to somebody else: they hear of it, and the one before no longer", async () => {
    const { id, version } = await owned("2027-03-31");
    await at("2027-03-01");
    await assignOwner(system, { id, version, ownerId: other.id });
    expect(await standing(id, "2027-03-01")).toEqual([]);
    await at("2027-03-01");
    expect(await occurrences(id, other.id)).toEqual(["deadline:2027-03-31:-30"]);
    await at("2027-03-24");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30"]);
    expect(await occurrences(id, other.id)).toEqual(["deadline:2027-03-31:-30", "deadline:2027-03-31:-7"]);
  });

  test("a deadline that hangs on a meeting moves with it", async () => {
    const { id } = await owned(null, {
      deadline: { phrase: "by the congress", edtf: null, anchorId: register.meeting },
    });
    const [meeting] = await everything<
      { version: number }[]
    >`SELECT version FROM meeting WHERE id = ${register.meeting}`;
    const moved = { phrase: "in April", edtf: "2027-04", inferred: null, reason: "Put off." };
    await reviseMeeting(system, { id: register.meeting, version: meeting?.version, ...moved });
    await liveThrough("2027-03-29", "2027-04-02");
    expect(await occurrences(id)).toEqual(["deadline:2027-04-30:-30"]);
    await reviseMeeting(system, {
      id: register.meeting,
      version: (meeting?.version ?? 0) + 1,
      ...moved,
      edtf: "2027-05",
    });
    expect(await standing(id, "2027-04-02")).toEqual([]);
    await liveThrough("2027-04-28", "2027-05-03");
    expect(await occurrences(id)).toEqual(["deadline:2027-04-30:-30", "deadline:2027-05-31:-30"]);
  });

  test("a milestone, until it is done", async () => {
    await enterRule({ date: "milestone", offsets: [-7, 0] });
    const milestone = { title: { en: "A step", vi: "", lo: "" }, phrase: null, edtf: "2027-05-10", doneOn: null };
    const { id, version } = await owned(null, { milestones: [milestone] });
    await at("2027-05-03");
    const [told = ""] = await occurrences(id);
    expect(told).toMatch(/^milestone:[0-9a-f-]{36}:2027-05-10:-7$/);
    const milestones = [{ ...milestone, doneOn: "2027-05-04" }];
    await setMilestones(system, { id, version, milestones }, { now: morning("2027-05-05") });
    expect(await standing(id, "2027-05-05")).toEqual([]);
    await at("2027-05-10");
    expect(await occurrences(id)).toEqual([told]);
  });

  test("silence, until a day or for good", async () => {
    const { id } = await owned("2027-03-31");
    await at("2027-03-01");
    await snooze(owner, { commitmentId: id, until: "2027-03-27" }, { now: morning("2027-03-01") });
    expect(await standing(id, "2027-03-01")).toEqual([]);
    await liveThrough("2027-03-02", "2027-03-31");
    // The 27th is a Saturday, and Monday is the next day for letters.
    expect(
      (await remindersOf(id)).map((one) => [one.occurrence, one.dueAt.toISOString().slice(0, 10), one.topic]),
    ).toEqual([
      ["deadline:2027-03-31:-30", "2027-03-01", "due_soon"],
      ["snooze:2027-03-27", "2027-03-29", "attention"],
      ["deadline:2027-03-31:0", "2027-03-31", "due_soon"],
    ]);
    await mute(owner, { commitmentId: id });
    expect(await standing(id, "2027-03-31")).toEqual([]);
    await at("2027-04-07");
    expect(await occurrences(id)).toHaveLength(3);
    await unmute(owner, { commitmentId: id });
    await at("2027-04-07");
    expect(await occurrences(id)).toContain("deadline:2027-03-31:7");
  });

  test("a rule: what it says today holds today; switched off, it says nothing", async () => {
    const { id } = await owned("2027-03-31");
    await at("2027-03-10");
    await run("UPDATE reminder_rule SET offsets = '{-21}' WHERE id = $1", [ruleId]);
    await at("2027-03-10");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-21"]);
    await run("UPDATE reminder_rule SET offsets = '{-20, -14}' WHERE id = $1", [ruleId]);
    expect(await standing(id, "2027-03-10")).toEqual([]);
    await run("UPDATE reminder_rule SET active = false WHERE id = $1", [ruleId]);
    await at("2027-03-17");
    expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-21"]);
  });

  test("a rule of some records only", async () => {
    await run("UPDATE reminder_rule SET query = 'sector=trade' WHERE id = $1", [ruleId]);
    const trade = await owned("2027-03-31", { sectorId: "trade" });
    const health = await owned("2027-03-31");
    await at("2027-03-01");
    expect(await occurrences(trade.id)).toHaveLength(1);
    expect(await occurrences(health.id)).toEqual([]);
    await run("UPDATE reminder_rule SET query = 'sector=health' WHERE id = $1", [ruleId]);
    expect(await standing(trade.id, "2027-03-01")).toEqual([]);
  });
});

describe("who hears of it", () => {
  test("aspirations are silent, but for those who watch them, themselves or by a view", async () => {
    const { id } = await owned("2027-03-31", { strength: "aspiration", sectorId: "trade" });
    await at("2027-03-01");
    expect(await remindersOf(id)).toEqual([]);
    await watchRecord(other, { commitmentId: id });
    const view = await saveView(manager, { portfolioId, name: "Trade", query: "sector=trade", shared: true });
    await watchView(manager, { viewId: view.id });
    await at("2027-03-01");
    expect(new Set((await remindersOf(id)).map(({ personId }) => personId))).toEqual(new Set([other.id, manager.id]));
    await run("DELETE FROM watch");
    expect(await standing(id, "2027-03-01")).toEqual([]);
  });

  test("“mine” in a watched view is the watcher's own", async () => {
    const { id } = await owned("2027-03-31");
    const theirs = await owned("2027-03-31");
    await assignOwner(system, { ...theirs, ownerId: other.id });
    await run("UPDATE reminder_rule SET recipients = '{watchers}' WHERE id = $1", [ruleId]);
    const view = await saveView(manager, { portfolioId, name: "Mine", query: "owner=me", shared: true });
    await watchView(owner, { viewId: view.id });
    await watchView(other, { viewId: view.id });
    await at("2027-03-01");
    expect((await remindersOf(id)).map(({ personId }) => personId)).toEqual([owner.id]);
    expect((await remindersOf(theirs.id)).map(({ personId }) => personId)).toEqual([other.id]);
    await run("DELETE FROM watch");
  });

  test("however many views are watched, and whatever they name", async () => {
    const { id } = await owned("2027-03-31");
    const names = (field: string) => `${field}=${Array.from({ length: 40 }, (_, at) => `${field}-${at}`).join(",")}`;
    const wide = ["sector", "party", "lead", "source", "meeting"].map(names).join("&");
    await run(
      `WITH v AS (
        INSERT INTO saved_view (id, portfolio_id, owner_id, name, query)
        SELECT gen_random_uuid(), $1, $2, 'Wide ' || n, CASE n WHEN 0 THEN '' ELSE $3 || '&q=' || n END
        FROM generate_series(0, 400) n RETURNING id)
      INSERT INTO watch (id, person_id, view_id) SELECT gen_random_uuid(), $2, id FROM v`,
      [portfolioId, other.id, wide],
    );
    await at("2027-03-01");
    expect(new Set((await remindersOf(id)).map(({ personId }) => personId))).toEqual(new Set([owner.id, other.id]));
    expect(await standing(id, "2027-03-01")).toHaveLength(2);
    await run("DELETE FROM watch");
    await run("DELETE FROM saved_view");
  });

  test("what nobody owns, or somebody who may not come in any more, is told to the managers", async () => {
    const gone = await addActor("editor");
    const { id, version } = await owned("2027-03-31");
    await assignOwner(system, { id, version, ownerId: gone.id });
    const nobodys = await addRecord({ deadline: { phrase: "x", edtf: "2027-03-31", anchorId: null } });
    await run("UPDATE person SET disabled_at = now() WHERE id = $1", [gone.id]);
    await at("2027-03-01");
    for (const one of [id, nobodys.id])
      expect((await remindersOf(one)).map(({ personId }) => personId)).toEqual([manager.id]);
  });

  test("a list of what lacks something, every quarter, as one reminder", async () => {
    const gaps = await enterRule({ date: "gap", offsets: [], recipients: ["managers"], query: "sector=trade" });
    const { id } = await owned(null, { sectorId: "trade", title: { en: "Undated", vi: "", lo: "" } });
    await liveThrough("2027-03-31", "2027-04-02");
    const [list] = await everything<
      { id: string; about: unknown }[]
    >`SELECT id, about FROM reminder WHERE rule_id = ${gaps}`;
    const [{ unowned, undated } = { unowned: 0, undated: 0 }] = await everything<
      { unowned: number; undated: number }[]
    >`
      SELECT count(*) FILTER (WHERE owner_id IS NULL)::int AS unowned, count(*) FILTER (WHERE deadline_latest IS NULL)::int AS undated
      FROM commitment WHERE sector_id = 'trade' AND rank = 0 AND strength IN ('obligation', 'pledge')`;
    expect(list?.about).toMatchObject({ gaps: { unowned, undated } });
    expect(await stillDue([list?.id ?? ""], morning("2027-04-02"))).toEqual(new Set([list?.id]));
    expect(await occurrences(id)).toEqual([]);
    await run("UPDATE reminder_rule SET query = 'sector=none-such' WHERE id = $1", [gaps]);
    expect(await stillDue([list?.id ?? ""], morning("2027-04-02"))).toEqual(new Set());
  });
});

describe("running", () => {
  test("two at once record everything once", async () => {
    const records = await Promise.all(Array.from({ length: 40 }, () => owned("2027-03-31")));
    const [a, b] = await Promise.all([planDue(morning("2027-03-01")), planDue(morning("2027-03-01"))]);
    expect(a.added + b.added).toBeGreaterThanOrEqual(40);
    expect(Math.min(a.added, b.added)).toBe(0);
    for (const { id } of records) expect(await occurrences(id)).toEqual(["deadline:2027-03-31:-30"]);
  });

  test("after ten days away, what fell into them is told, and what is settled is not", async () => {
    const { id } = await owned("2027-03-31");
    const settled = await owned("2027-03-31");
    await at("2027-03-20");
    await withdraw(system, { ...settled, reason: "Given up." });
    await at("2027-04-08");
    expect(await occurrences(id)).toEqual([-7, 0, 7].map((offset) => `deadline:2027-03-31:${offset}`));
    expect(await occurrences(settled.id)).toEqual([]);
    expect(await planDue(morning("2027-04-08"))).toMatchObject({ added: 0 });
  });

  test("the first run of all tells nothing of what was", async () => {
    const { id } = await owned("2027-03-31");
    await at("2027-04-08");
    expect(await occurrences(id)).toEqual([]);
  });
});
