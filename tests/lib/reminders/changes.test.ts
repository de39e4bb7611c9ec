import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { assignOwner, reopen, reportProgress, reviseDeadline, withdraw } from "#lib/commitments/commands.ts";
import { editTexts, setRelations } from "#lib/commitments/editing.ts";
import { noticeChanges } from "#lib/reminders/changes.ts";
import { savePreference } from "#lib/reminders/preferences.ts";
import type { About } from "#lib/reminders/rules.ts";
import { mute, snooze, watchRecord, watchView } from "#lib/reminders/watching.ts";
import { saveView } from "#lib/views/commands.ts";
import { addActor, addRecord, makeRegister, newRecord, portfolioId, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase();

type Person = Actor & { id: string };
let manager: Person;
/** Saturday, 21 November 2026, 10:00 in Ha Noi. */
const now = new Date("2026-11-21T03:00:00Z");

beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
});
beforeEach(async () => {
  await noticeChanges(now);
});

type Told = { reference: string; about: About; dueAt: Date; mail: boolean; inApp: boolean; topic: string };

const toldTo = (person: Person): Promise<Told[]> => everything<Told[]>`
  SELECT c.reference, r.about, r.due_at AS "dueAt", r.mail, r.in_app AS "inApp", r.topic
  FROM reminder r JOIN commitment c ON c.id = r.commitment_id WHERE r.person_id = ${person.id} ORDER BY (r.about->>'eventId')::bigint`;
const changesTo = async (person: Person) => (await toldTo(person)).map(({ about }) => about.changes?.join());

/** A record that somebody watches. */
async function watched(by: Person | null = null): Promise<{ watcher: Person; record: Edited }> {
  const watcher = by ?? (await addActor("viewer"));
  const record = await addRecord();
  await watchRecord(watcher, { commitmentId: record.id });
  return { watcher, record: { id: record.id, version: 1, reference: record.reference } };
}
type Edited = { id: string; version: number; reference: string };

const report = (actor: Actor, { id, version }: { id: string; version: number }, completion = "limited") =>
  reportProgress(actor, { id, version, completion, evidence: "reported", text: "Said" });

describe("what others do to a watched record", () => {
  test("is told once each, and what does not count is not", async () => {
    const { watcher, record } = await watched();
    const steps: [string | null, (version: number) => Promise<{ version: number }>][] = [
      ["report", (version) => report(manager, { ...record, version })],
      ["completed", (version) => report(manager, { ...record, version }, "complete")],
      [
        "deadline",
        (version) =>
          reviseDeadline(manager, { id: record.id, version, phrase: null, edtf: "2027", anchorId: null, reason: "x" }),
      ],
      ["withdrawn", (version) => withdraw(manager, { id: record.id, version: version + 1, reason: "x" })],
      ["reopened", (version) => reopen(manager, { id: record.id, version })],
      ["owner", (version) => assignOwner(manager, { id: record.id, version, ownerId: manager.id })],
      [
        null,
        (version) =>
          editTexts(manager, { id: record.id, version, title: text("New"), statement: text("New"), draftLocales: [] }),
      ],
    ];
    let { version } = record;
    const expected: string[] = [];
    for (const [kind, act] of steps) {
      // What is complete is reported on again before it can be withdrawn.
      if (kind === "withdrawn") {
        await report(manager, { id: record.id, version }, "limited");
        await noticeChanges(now);
        expected.push("report");
      }
      ({ version } = await act(version));
      await noticeChanges(now);
      await noticeChanges(now);
      if (kind) expected.push(kind);
      expect(await changesTo(watcher), kind ?? "texts").toEqual(expected);
    }
    expect((await toldTo(watcher))[0]).toMatchObject({
      topic: "attention",
      about: { kind: "change", by: ["Test manager"] },
    });
  });

  test("is told to who watches a view that shows it, as they see it; not to others, nor to who did it", async () => {
    const [owner, other] = [await addActor("editor"), await addActor("viewer")];
    const [mine, theirs] = [await addRecord(), await addRecord()];
    const first = await assignOwner(manager, { id: mine.id, version: 1, ownerId: owner.id });
    await noticeChanges(now);
    const view = await saveView(owner, { portfolioId, name: "Mine", query: "owner=me", shared: true });
    for (const person of [owner, other]) await watchView(person, { viewId: view.id });
    const { version } = await report(manager, { id: mine.id, version: first.version });
    await report(manager, { id: theirs.id, version: 1 });
    await noticeChanges(now);
    expect((await toldTo(owner)).map(({ reference, about }) => [reference, about.changes])).toEqual([
      [mine.reference, ["owner"]],
      [mine.reference, ["report"]],
    ]);
    expect(await toldTo(other)).toEqual([]);
    await report(owner, { id: mine.id, version }, "substantial");
    await noticeChanges(now);
    expect(await toldTo(owner)).toHaveLength(2);
  });

  test("several within a run are one reminder, that names each and who", async () => {
    const { watcher, record } = await watched();
    const second = await addActor("manager");
    const { version } = await report(manager, record);
    await reviseDeadline(second, { id: record.id, version, phrase: null, edtf: "2028", anchorId: null, reason: "x" });
    await noticeChanges(now);
    expect((await toldTo(watcher)).map(({ about }) => [about.changes, about.by])).toEqual([
      [["report", "deadline"], ["Test manager"]],
    ]);
  });

  test("a new owner is told, also without watching, and not of other things or of what they took themselves", async () => {
    const record = await addRecord();
    const owner = await addActor("editor");
    const { version } = await report(manager, { id: record.id, version: 1 });
    const given = await assignOwner(manager, { id: record.id, version, ownerId: owner.id });
    await noticeChanges(now);
    expect(await changesTo(owner)).toEqual(["owner"]);
    await report(manager, { id: record.id, version: given.version }, "substantial");
    await noticeChanges(now);
    expect(await changesTo(owner)).toEqual(["owner"]);
    const taken = await addRecord();
    await assignOwner(owner, { id: taken.id, version: 1, ownerId: owner.id });
    await noticeChanges(now);
    expect(await toldTo(owner)).toHaveLength(1);
  });

  test("a successor is told to who watches what it continues", async () => {
    const { watcher, record } = await watched();
    const next = await addRecord();
    await setRelations(manager, { id: next.id, version: 1, parentId: null, predecessorId: record.id });
    await addRecord({ ...newRecord, predecessorId: record.id });
    await noticeChanges(now);
    expect(await changesTo(watcher)).toEqual(["succeeded"]);
    expect((await toldTo(watcher))[0]?.reference).toBe(record.reference);
  });
});

describe("who is not told", () => {
  test("who has silenced the record, for good or until later", async () => {
    const { watcher, record } = await watched();
    await mute(watcher, { commitmentId: record.id });
    let { version } = await report(manager, record);
    await noticeChanges(now);
    await snooze(watcher, { commitmentId: record.id, until: "2026-12-01" }, { now });
    ({ version } = await report(manager, { id: record.id, version }, "complete"));
    await noticeChanges(now);
    expect(await toldTo(watcher)).toEqual([]);
    await report(manager, { id: record.id, version }, "substantial");
    await noticeChanges(new Date("2026-12-01T03:00:00Z"));
    expect(await toldTo(watcher)).toHaveLength(1);
  });

  test("who is disabled, or wants to hear nothing anywhere", async () => {
    const [{ watcher: gone, record }, silent] = [await watched(), await addActor("viewer")];
    await watchRecord(silent, { commitmentId: record.id });
    await query(process.env.KEPT_OWNER_URL ?? "", "UPDATE person SET disabled_at = now() WHERE id = $1", [gone.id]);
    await savePreference(silent, { ...preference, mail: false, inApp: false });
    await report(manager, record);
    await noticeChanges(now);
    expect([await toldTo(gone), await toldTo(silent)]).toEqual([[], []]);
  });
});

const preference = {
  version: 0,
  locale: null,
  timeZone: null,
  hour: 8,
  days: [1, 2, 3, 4, 5],
  countries: ["VN"],
  frequency: "daily",
  weekday: 1,
  mail: true,
  inApp: true,
  ownLeadDays: false,
  leadDays: [],
};

test("letters go at once, on the next letter day, or with the week's digest", async () => {
  const { watcher, record } = await watched();
  const [eager, weekly, saturday] = [await addActor("viewer"), await addActor("viewer"), await addActor("viewer")];
  for (const person of [eager, weekly, saturday]) await watchRecord(person, { commitmentId: record.id });
  await savePreference(eager, { ...preference, frequency: "immediately", mail: false });
  await savePreference(weekly, { ...preference, frequency: "weekly", weekday: 3 });
  await savePreference(saturday, { ...preference, days: [6], hour: 9 });
  await report(manager, record);
  await noticeChanges(now);
  const due = async (person: Person) => (await toldTo(person))[0]?.dueAt.toISOString();
  expect(await due(watcher)).toBe("2026-11-23T01:00:00.000Z");
  expect(await due(eager)).toBe(now.toISOString());
  expect(await due(weekly)).toBe("2026-11-25T01:00:00.000Z");
  // This Saturday's letter has gone at nine.
  expect(await due(saturday)).toBe("2026-11-28T02:00:00.000Z");
  expect((await toldTo(eager))[0]).toMatchObject({ mail: false, inApp: true });
});

describe("the history is read once", () => {
  test("and the first run of all begins with what comes after it", async () => {
    await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM job WHERE name = 'changes'");
    const { watcher, record } = await watched();
    const { version } = await report(manager, record);
    expect(await noticeChanges(now)).toEqual({ added: 0, more: false });
    await report(manager, { id: record.id, version }, "substantial");
    expect(await noticeChanges(now)).toEqual({ added: 1, more: false });
    expect(await toldTo(watcher)).toHaveLength(1);
  });

  test("an entry that was numbered early and committed late is not missed", async () => {
    const { watcher, record } = await watched();
    const [late] = await query<{ id: string }>(
      process.env.KEPT_OWNER_URL ?? "",
      "SELECT nextval(pg_get_serial_sequence('audit_event', 'id'))::text AS id",
    );
    await report(manager, record);
    await noticeChanges(now);
    expect(await changesTo(watcher)).toEqual(["report"]);
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      `INSERT INTO audit_event (id, portfolio_id, actor_name, verb, subject_type, subject_id, changes)
       OVERRIDING SYSTEM VALUE VALUES ($1, $2, 'Somebody', 'commitment.reviseDeadline', 'commitment', $3, '{"deadline": [null, {}]}')`,
      [late?.id, portfolioId, record.id],
    );
    await noticeChanges(now);
    await noticeChanges(now);
    expect(await changesTo(watcher)).toEqual(["deadline", "report"]);
  });

  test("by one of several runs at once", async () => {
    const { watcher, record } = await watched();
    await report(manager, record);
    const runs = await Promise.all([noticeChanges(now), noticeChanges(now), noticeChanges(now)]);
    expect(runs.map(({ added }) => added).sort()).toEqual([0, 0, 1]);
    expect(await toldTo(watcher)).toHaveLength(1);
  });
});
