import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Actor, hashSecret, systemActor } from "#lib/actor.ts";
import { Conflict, Forbidden, InvalidInput, NotFound } from "#lib/errors.ts";
import { attachedMost, composeReport, packed } from "#lib/letters/report-letter.ts";
import { subscriberOf, unsubscribe } from "#lib/letters/unsubscribe.ts";
import { createSchedule, leaveSchedule, switchSchedule, updateSchedule } from "#lib/reports/schedules/commands.ts";
import { makeDue, tryScheduled } from "#lib/reports/schedules/making.ts";
import { listSchedules } from "#lib/reports/schedules/queries.ts";
import { askFor } from "#lib/tasks/commands.ts";
import { runTask } from "#lib/tasks/running.ts";
import { work } from "#lib/tasks/work.ts";
import { addActor, historyOf } from "#tests/lib/commitments/register.ts";
import { letters, round } from "#tests/lib/letters/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** Reports on a schedule: made once, issued, and sent once to each, whatever breaks. */

testDatabase({ catalogue: true });

const worker = systemActor("worker");
const portfolioId = "viet-nam-laos";
const setting = { publicUrl: "https://kept.example", domain: "kept.example" };
const owner = () => process.env.KEPT_OWNER_URL ?? "";
/** A Monday after everything in the catalogue was entered, eight in the morning where the team is. */
const monday = new Date("2030-03-04T01:00:00Z");
const before = new Date("2030-03-01T00:00:00Z");
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);
const week = 7 * 24 * 60;

type Person = Actor & { id: string };
let manager: Person;
let reader: Person;
let sink: Sink;

beforeAll(async () => {
  [manager, reader] = await Promise.all([addActor("manager"), addActor("viewer")]);
  await query(owner(), `UPDATE person SET locale = 'vi', name = 'Lan' WHERE id = $1`, [reader.id]);
});
beforeEach(async () => {
  sink = await startSink();
  await query(owner(), "DELETE FROM letter; UPDATE report_schedule SET active = false");
});
afterEach(() => sink.close());

const wanted = (over: object = {}) => ({
  ...{ portfolioId, name: `Weekly ${crypto.randomUUID()}`, formats: ["csv", "json"] },
  // One record on a page is made soonest.
  request: { template: "brief", locale: "en", record: "VL-001" },
  ...{ every: "week", weekday: 1, monthDay: null, daysBefore: null, hour: 8 },
  ...{ personIds: [reader.id], addresses: ["ministry@elsewhere.example"], ...over },
});
const add = (over: object = {}) => createSchedule(manager, wanted(over), { now: before });
const make = (now = monday) => makeDue(worker, setting, now);
const issued = (scheduleId: string) =>
  query<{ id: string; title: string; occurrence: string; day: string }>(
    owner(),
    "SELECT id, title, occurrence, request->>'day' AS day FROM report WHERE schedule_id = $1 ORDER BY id",
    [scheduleId],
  );
const addressed = () => sink.taken.map(({ to }) => to[0]).sort();
const readersAddress = () => `${reader.id}@kept.example`;

describe("what is due", () => {
  test("is issued and sent once, with its files, each letter in the reader's language", async () => {
    const { id } = await add();
    expect(await make(new Date(monday.getTime() - 1000))).toEqual({ made: 0, failed: 0 });
    expect(await make()).toEqual({ made: 1, failed: 0 });
    expect(await make(later(1))).toEqual({ made: 0, failed: 0 });
    const [report] = await issued(id);
    expect(await issued(id)).toHaveLength(1);
    expect(report).toMatchObject({ occurrence: "2030-03-04", day: "2030-03-04" });
    await round(sink.url, { at: monday });
    expect(addressed()).toEqual(["ministry@elsewhere.example", readersAddress()].sort());
    const files = await query<{ format: string; bytes: Buffer }>(
      owner(),
      "SELECT format, bytes FROM report_file WHERE report_id = $1",
      [report?.id],
    );
    for (const { mail, to } of sink.taken) {
      const vietnamese = to[0] === readersAddress();
      expect(mail.text).toContain(vietnamese ? "Kính gửi Lan" : "Here is the report");
      expect(mail.text).toContain(`https://kept.example/${portfolioId}/reports/${report?.id}`);
      expect(mail.attachments).toHaveLength(2);
      for (const [at, format] of ["csv", "json"].entries()) {
        const attached = Buffer.from((mail.attachments[at]?.content ?? new ArrayBuffer(0)) as ArrayBuffer);
        expect(attached.equals(files.find((file) => file.format === format)?.bytes ?? Buffer.alloc(0))).toBe(true);
        expect(mail.attachments[at]?.filename).toMatch(new RegExp(`^weekly-.*\\.${format}$`));
      }
    }
    expect((await letters()).map(({ state }) => state)).toEqual(["sent", "sent"]);
    expect(await make(later(week))).toEqual({ made: 1, failed: 0 });
    expect(await issued(id)).toHaveLength(2);
  });

  test("after weeks without a worker the newest alone is made", async () => {
    const { id } = await add();
    expect(await make(later(5 * week + 60))).toEqual({ made: 1, failed: 0 });
    expect((await issued(id)).map(({ occurrence }) => occurrence)).toEqual(["2030-04-08"]);
    expect(await make(later(5 * week + 120))).toEqual({ made: 0, failed: 0 });
  });

  test("a worker that died between the report and its letters: the same report goes out, once", async () => {
    const { id } = await add();
    await make();
    await query(owner(), "DELETE FROM letter");
    await query(owner(), "UPDATE report_schedule SET made_until = $1 WHERE id = $2", [before, id]);
    await make(later(5));
    expect(await issued(id)).toHaveLength(1);
    await query(owner(), "UPDATE report_schedule SET made_until = $1 WHERE id = $2", [before, id]);
    await make(later(6));
    expect(await letters()).toHaveLength(2);
  });

  test("two workers at once make one report and one letter each", async () => {
    const { id } = await add();
    await Promise.all([make(), make(), make()]);
    expect(await issued(id)).toHaveLength(1);
    expect(await letters()).toHaveLength(2);
  });

  test("before a meeting whose day is known, and anew when it moves", async () => {
    const { id } = await add({ every: "meeting", weekday: null, daysBefore: 3 });
    await query(
      owner(),
      "UPDATE meeting SET edtf = '2030-03-07', earliest = '2030-03-07', latest = '2030-03-07' WHERE key = 'committee-48'",
    );
    expect(await make()).toEqual({ made: 1, failed: 0 });
    await query(
      owner(),
      "UPDATE meeting SET edtf = '2030-03-20', earliest = '2030-03-20', latest = '2030-03-20' WHERE key = 'committee-48'",
    );
    expect(await make(later(60))).toEqual({ made: 0, failed: 0 });
    expect(await make(later(2 * week))).toEqual({ made: 1, failed: 0 });
    expect((await issued(id)).map(({ occurrence }) => occurrence)).toEqual([
      "committee-48 2030-03-07",
      "committee-48 2030-03-20",
    ]);
  });

  test("one that cannot be made says why, holds no other up, and is made once it can be", async () => {
    const { id } = await add({ request: { template: "brief", locale: "en", record: "VL-99999" } });
    const good = await add();
    expect(await make()).toEqual({ made: 1, failed: 1 });
    const failed = (await listSchedules(manager, portfolioId)).find((schedule) => schedule.id === id);
    expect(failed).toMatchObject({ error: "reports.errors.record", last: null });
    expect(await issued(good.id)).toHaveLength(1);
    await query(owner(), `UPDATE report_schedule SET request = request || '{"record": "VL-001"}' WHERE id = $1`, [id]);
    expect(await make(later(1))).toEqual({ made: 1, failed: 0 });
  });
});

describe("who gets it", () => {
  test("nobody who was disabled, before it was made or after", async () => {
    const [early, late] = await Promise.all([addActor("editor"), addActor("editor")]);
    await add({ personIds: [early.id, late.id, reader.id], addresses: [] });
    await query(owner(), "UPDATE person SET disabled_at = now() WHERE id = $1", [early.id]);
    await make();
    expect(await letters()).toHaveLength(2);
    await query(owner(), "UPDATE person SET disabled_at = now() WHERE id = $1", [late.id]);
    await round(sink.url, { at: monday });
    expect(addressed()).toEqual([readersAddress()]);
    expect((await letters()).map(({ state }) => state).sort()).toEqual(["dropped", "sent"]);
  });

  test("who is named twice, as a person and by address, one", async () => {
    await add({ addresses: [readersAddress().toUpperCase()] });
    await make();
    expect(await letters()).toHaveLength(1);
  });

  test("reminders turned off do not turn off reports; a letter's own link ends that report alone", async () => {
    await query(
      owner(),
      `INSERT INTO reminder_preference (person_id, hour, days, countries, frequency, weekday, mail, in_app, lead_days, own_lead_days)
        VALUES ($1, 8, '{1}', '{}', 'daily', 1, false, true, '{}', false) ON CONFLICT DO NOTHING`,
      [reader.id],
    );
    const { id } = await add();
    await make();
    await round(sink.url, { at: monday });
    expect(addressed()).toHaveLength(2);
    const secrets = sink.taken.map(({ mail, to }) => ({
      to: to[0],
      secret: /unsubscribe\/([\w-]{43})/.exec(mail.text ?? "")?.[1] ?? "",
    }));
    for (const { to, secret } of secrets) {
      const header = sink.taken
        .find((taken) => taken.to[0] === to)
        ?.mail.headers.find(({ key }) => key === "list-unsubscribe");
      expect(header?.value).toContain(secret);
      expect(await subscriberOf(secret, "192.0.2.1")).toMatchObject({ email: to, schedule: { id } });
      await unsubscribe(secret, "192.0.2.1");
      await unsubscribe(secret, "192.0.2.1");
    }
    const [row] = await query(owner(), "SELECT person_ids, addresses FROM report_schedule WHERE id = $1", [id]);
    expect(row).toEqual({ person_ids: [], addresses: [] });
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual([
      "schedule.create",
      "schedule.leave",
      "schedule.leave",
    ]);
    // What is kept of a letter does not show the secret.
    for (const { text } of await letters()) {
      expect(text).toContain("/unsubscribe/…");
      for (const { secret } of secrets) expect(text).not.toContain(secret);
    }
    await make(later(week));
    expect(await letters()).toHaveLength(2);
  });

  test("what goes wrong with one is that one's alone, and it comes again as the same letter", async () => {
    await add();
    await make();
    sink.manners.recipient = (address) => (address.startsWith("ministry") ? "450 later" : undefined);
    await round(sink.url, { at: monday });
    expect(addressed()).toEqual([readersAddress()]);
    sink.manners.recipient = undefined;
    await round(sink.url, { at: later(30) });
    expect(addressed()).toEqual(["ministry@elsewhere.example", readersAddress()].sort());
    expect(new Set(sink.taken.map(({ mail }) => mail.messageId)).size).toBe(2);
    await round(sink.url, { at: later(60) });
    expect(sink.taken).toHaveLength(2);
  });

  test("who left the list while the letter waited gets it no more", async () => {
    const { id } = await add();
    await make();
    await leaveSchedule(worker, { id, personId: reader.id, address: null });
    await round(sink.url, { at: monday });
    expect(addressed()).toEqual(["ministry@elsewhere.example"]);
  });
});

describe("sent now to me", () => {
  test("to who tries it alone, with its files; nothing is issued", async () => {
    const { id } = await add();
    const { id: taskId } = await askFor(manager, { portfolioId, kind: "report", input: { scheduleId: id } });
    await runTask({ actor: worker, leaseSeconds: 60, setting, stopping: new AbortController().signal, work }, monday);
    const [task] = await query(owner(), "SELECT state, file_name FROM task WHERE id = $1", [taskId]);
    expect(task).toEqual({ state: "done", file_name: null });
    await round(sink.url, { at: monday });
    expect(addressed()).toEqual([`${manager.id}@kept.example`]);
    expect(sink.taken[0]?.mail.attachments.map(({ filename }) => filename?.split(".").at(-1))).toEqual(["csv", "json"]);
    expect(sink.taken[0]?.mail.text).toContain("This is a trial");
    expect(await issued(id)).toEqual([]);
    expect(await make()).toEqual({ made: 1, failed: 0 });
  });

  test("not by who may not", async () => {
    const { id } = await add();
    const options = { ...setting, now: monday, signal: new AbortController().signal, progress: () => {} };
    for (const who of [reader, worker])
      await expect(tryScheduled(who, { portfolioId, scheduleId: id }, options)).rejects.toThrow(Forbidden);
    await expect(tryScheduled(manager, { portfolioId: "demo", scheduleId: id }, options)).rejects.toThrow(NotFound);
    expect(await letters()).toEqual([]);
  });
});

describe("what a schedule may say", () => {
  test.each([
    [{ name: "" }, "name"],
    [{ formats: [] }, "formats"],
    [{ formats: ["exe"] }, "formats.0"],
    [{ weekday: null }, "weekday"],
    [{ weekday: 8 }, "weekday"],
    [{ every: "month", monthDay: 32 }, "monthDay"],
    [{ every: "month" }, "monthDay"],
    [{ every: "meeting", daysBefore: -1 }, "daysBefore"],
    [{ hour: 24 }, "hour"],
    [{ personIds: [], addresses: [] }, "personIds"],
    [{ personIds: ["00000000-0000-4000-8000-000000000000"] }, "personIds"],
    [{ addresses: ["a@b.example, c@d.example"] }, "addresses.0"],
    [{ addresses: ["a@b.example\nBcc: everybody@kept.example"] }, "addresses.0"],
    [{ request: { template: "status", locale: "en", day: "2026-01-01" } }, "request"],
  ])("not %o", async (over, field) => {
    const refused = await add(over).catch((error) => error);
    expect(refused).toBeInstanceOf(InvalidInput);
    expect(Object.keys(refused.fields)).toContain(field);
    for (const key of Object.values(refused.fields as Record<string, string[]>).flat()) expect(key).toMatch(/^[\w.]+$/);
  });

  test("a name once; what somebody changed meanwhile is shown; other times begin from now", async () => {
    const first = await add({ name: "Once" });
    await expect(add({ name: "Once" })).rejects.toThrow(InvalidInput);
    const { portfolioId: _portfolio, ...input } = wanted({ name: "Once" });
    await updateSchedule(manager, { ...input, ...first, hour: 7 }, { now: monday });
    const stale = await updateSchedule(manager, { ...input, ...first, hour: 6 }).catch((error) => error);
    expect(stale).toBeInstanceOf(Conflict);
    expect(stale).toMatchObject({ version: 2, theirs: { hour: 7 } });
    // Seven o'clock of that Monday was over when it was changed.
    expect(await make(later(1))).toEqual({ made: 0, failed: 0 });
    await switchSchedule(manager, { id: first.id, version: 2, active: false });
    expect(await make(later(2 * week))).toEqual({ made: 0, failed: 0 });
    await switchSchedule(manager, { id: first.id, version: 3, active: true }, { now: later(2 * week + 60) });
    expect(await make(later(2 * week + 61))).toEqual({ made: 0, failed: 0 });
  });

  test("by managers alone", async () => {
    const { id, version } = await add();
    const { portfolioId: _portfolio, ...input } = wanted();
    for (const who of [reader, await addActor("editor")]) {
      await expect(createSchedule(who, wanted())).rejects.toThrow(Forbidden);
      await expect(updateSchedule(who, { ...input, id, version })).rejects.toThrow(Forbidden);
      await expect(switchSchedule(who, { id, version, active: false })).rejects.toThrow(Forbidden);
      await expect(listSchedules(who, portfolioId)).rejects.toThrow(Forbidden);
    }
  });
});

test("files go with a letter as long as there is room, the others are named", async () => {
  const file = (name: string, bytes: number) => ({ name, bytes, type: "x", format: null });
  const files = [file("a.pdf", 9_000_000), file("b.docx", 2_000_000), file("c.csv", 500_000)];
  expect(packed(files).attached.map(({ name }) => name)).toEqual(["a.pdf", "c.csv"]);
  expect(attachedMost).toBe(10_000_000);
  const text = { en: "Viet Nam and Laos", vi: "", lo: "" };
  const report = {
    ...{
      scheduleId: "s",
      schedule: "<b>Weekly</b>",
      owner: "Hoa",
      portfolio: { id: "p", name: text },
      title: "<i>T</i>\nx",
    },
    ...{ locale: "en" as const, reportId: "r", files },
  };
  const letter = composeReport(report, {
    name: "",
    locale: "en",
    publicUrl: "https://k.example",
    stopUrl: "https://k.example/unsubscribe/x",
  });
  expect(letter.text).toContain("Too large to attach, to be fetched in Kept after signing in: b.docx.");
  expect(letter.html).not.toMatch(/<b>|<i>/);
  expect(letter.subject).not.toContain("\n");
});

test("a letter's secret is kept as its digest alone", async () => {
  await add();
  await make();
  await round(sink.url, { at: monday });
  const secret = /unsubscribe\/([\w-]{43})/.exec(sink.taken[0]?.mail.text ?? "")?.[1] ?? "";
  const [row] = await query<{ count: number }>(
    owner(),
    "SELECT count(*)::int AS count FROM letter WHERE unsubscribe_hashes @> ARRAY[$1::bytea]",
    [hashSecret(secret)],
  );
  expect(row?.count).toBe(1);
});
