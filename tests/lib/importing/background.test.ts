import { createHash } from "node:crypto";
import { readFile as readText } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Actor, systemActor } from "#lib/actor.ts";
import { assignOwner } from "#lib/commitments/commands.ts";
import { exportCsv } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { Conflict } from "#lib/errors.ts";
import { mapImport, runImport, tickRows, undoImport, uploadImport } from "#lib/importing/commands.ts";
import { readFile } from "#lib/importing/file.ts";
import { findImport, isUnderWay, lastChanges, previewImport } from "#lib/importing/queries.ts";
import { workbookOf } from "#lib/importing/template.ts";
import { askFor, cancelTask } from "#lib/tasks/commands.ts";
import { listTasks } from "#lib/tasks/queries.ts";
import { runTask } from "#lib/tasks/running.ts";
import { work } from "#lib/tasks/work.ts";
import { addActor, addRecord, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { startJobWorker } from "#tests/support/job-worker.ts";
import { query } from "#tests/support/people.ts";

/** Large imports, which the worker does; and rows whose records others changed after the file was made. */

testDatabase();

const worker = systemActor("worker");
const owner = () => process.env.KEPT_OWNER_URL ?? "";
const large = Number(process.env.KEPT_RECORDS ?? 1200);
let manager: Actor & { id: string };
beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
});
beforeEach(() => query(owner(), "DELETE FROM task"));

async function brought(bytes: Uint8Array | string) {
  const file = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  const sheet = await readFile(file);
  const own = { portfolioId, fileName: "test.csv", fileBytes: file.length };
  const { id } = await uploadImport(manager, { ...own, hash: createHash("sha256").update(file).digest(), ...sheet });
  const found = await findImport(manager, portfolioId, id);
  const mapping = { columns: found?.mapping.columns ?? [], clear: false, reason: "tried" };
  const { version } = await mapImport(manager, { id, version: 1, ...mapping });
  return { id, version, plan: await planOf(id) };
}

async function planOf(id: string) {
  const planned = await previewImport(manager, portfolioId, id);
  if (!planned) throw new Error("no preview");
  return planned.plan;
}

const round = (stopping = new AbortController().signal) =>
  runTask(
    {
      ...{ actor: worker, leaseSeconds: 60, stopping, work, every: 20 },
      setting: { publicUrl: "https://kept.example", domain: "kept.example" },
    },
    new Date(),
  );

const newRows = (count: number) =>
  `title.en,statement.en,form,kind,strength,sector,lead,phrase,edtf\n${Array.from(
    { length: count },
    (_, at) => `Work ${at},To be done,pledge,project,pledge,health,laos,by 2030,2030`,
  ).join("\n")}\n`;

const counted = async () => {
  const [row] = await query<{ records: number; events: number }>(
    owner(),
    "SELECT (SELECT count(*)::int FROM commitment) AS records, (SELECT count(*)::int FROM audit_event WHERE verb = 'commitment.create') AS events",
  );
  return row ?? { records: 0, events: 0 };
};

const asked = ({ id, version, plan }: Awaited<ReturnType<typeof brought>>) =>
  askFor(manager, {
    portfolioId,
    kind: "import",
    input: { importId: id, version, fingerprint: plan.fingerprint },
  });

describe("a large file", () => {
  test("is brought in by the worker: all of it as one batch, watched, and undone", async () => {
    const before = await counted();
    const begun = performance.now();
    const import1 = await brought(newRows(large));
    const planned = performance.now();
    const { id, version, plan } = import1;
    expect(plan.counts).toMatchObject({ create: large, refused: 0 });
    await expect(runImport(manager, { id, version, fingerprint: plan.fingerprint })).rejects.toThrow("inBackground");
    await asked(import1);
    expect(await isUnderWay(manager, portfolioId, id)).toBe(true);
    const started = performance.now();
    // A real one, with the memory that it has.
    const process1 = startJobWorker({ databaseUrl: process.env.DATABASE_URL ?? "" });
    const task = async () => (await listTasks(manager))[0];
    while (!((await task())?.done ?? 0)) await sleep(50);
    // Whoever makes a record meanwhile does not wait.
    const meanwhile = performance.now();
    await addRecord();
    const waited = performance.now() - meanwhile;
    expect(await task()).toMatchObject({ state: "running" });
    while ((await task())?.state === "running") await sleep(100);
    const took = performance.now() - started;
    const peak = /VmHWM:\s+(\d+) kB/.exec(await readText(`/proc/${process1.pid}/status`, "utf8").catch(() => ""))?.[1];
    await process1.stop();
    expect(await listTasks(manager)).toMatchObject([{ state: "done", done: large, total: large, file: null }]);
    expect(await isUnderWay(manager, portfolioId, id)).toBe(false);
    expect(await counted()).toEqual({ records: before.records + large + 1, events: before.events + large + 1 });
    const done = await findImport(manager, portfolioId, id);
    expect(done).toMatchObject({ state: "done", created: large });
    const [batches] = await query<{ count: number }>(
      owner(),
      "SELECT count(*)::int AS count FROM audit_event WHERE batch_id = $1 AND verb = 'commitment.create'",
      [done?.batchId],
    );
    expect(batches?.count).toBe(large);
    const undoing = performance.now();
    if (large <= 3000) {
      await undoImport(manager, { id, version: version + 1 });
      expect((await counted()).records).toBe(before.records + 1);
    }
    const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
    console.log(
      `${large} rows: planned in ${seconds(planned - begun)} s, written in ${seconds(took)} s, undone in ${seconds(performance.now() - undoing)} s, ` +
        `the worker's memory ${Math.round(Number(peak ?? 0) / 1024)} MB at most; a record made meanwhile took ${Math.round(waited)} ms`,
    );
  }, 900_000);

  test("that is cancelled on the way leaves nothing, and can be asked for again", async () => {
    const before = await counted();
    const import1 = await brought(newRows(1100));
    const { id: taskId } = await asked(import1);
    const going = round();
    for (;;) {
      const [task] = await listTasks(manager);
      if (task && task.done > 0) break;
      await sleep(10);
    }
    await cancelTask(manager, { id: taskId });
    await going;
    expect(await listTasks(manager)).toMatchObject([{ state: "cancelled" }]);
    expect(await counted()).toEqual(before);
    expect(await findImport(manager, portfolioId, import1.id)).toMatchObject({ state: "previewed" });
    await asked(import1);
    await round();
    expect((await counted()).records).toBe(before.records + 1100);
  }, 120_000);

  test("that was done by a worker which died before it could say so is not done again", async () => {
    const import1 = await brought(newRows(1001));
    await asked(import1);
    await round();
    const before = await counted();
    await query(owner(), "UPDATE task SET state = 'running', leased_until = now() - interval '1 minute'");
    await round();
    expect(await listTasks(manager)).toMatchObject([{ state: "done" }]);
    expect(await counted()).toEqual(before);
  }, 120_000);

  test("against a register that has changed since does nothing, and says so", async () => {
    const { id, reference } = await addRecord();
    const row = `Reference,Title (en)\n${reference},Another title\n`;
    const import1 = await brought(row);
    await assignOwner(manager, { id, version: 1, ownerId: manager.id });
    await asked(import1);
    await round();
    expect(await listTasks(manager)).toMatchObject([{ state: "failed", error: "errors.conflict" }]);
  });
});

describe("records that others changed after the file was made", () => {
  const csvOf = async () => {
    let csv = "";
    const { listing } = parseListing({});
    for await (const piece of exportCsv(manager, portfolioId, listing, { locale: "en", today: "2026-11-22" }))
      csv += piece;
    return csv;
  };

  for (const kind of ["csv", "xlsx"] as const)
    test(`need a tick (${kind})`, async () => {
      await query(owner(), "DELETE FROM commitment");
      const [first, second] = [await addRecord(), await addRecord()];
      await query(owner(), "UPDATE commitment SET updated_at = now() - interval '1 hour'");
      const file =
        kind === "csv" ? await csvOf() : await workbookOf(manager, portfolioId, { locale: "en", filled: true });
      const other = await addActor("manager");
      await assignOwner(other, { id: first.id, version: 1, ownerId: other.id });
      const sheet = await readFile(typeof file === "string" ? Buffer.from(file) : file);
      const at = sheet.headings.indexOf("Title (en)");
      const changed = sheet.rows.map((row) => row.with(at, `${row[at]} changed`));
      const text = [sheet.headings, ...changed].map((row) =>
        row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(),
      );
      const { id, version, plan } = await brought(text.join("\n"));
      expect(plan).toMatchObject({ newer: 1, unticked: 1, counts: { change: 2 } });
      const row = plan.rows.find(({ newer }) => newer);
      expect(row).toMatchObject({ reference: first.reference, ticked: false });
      expect((await lastChanges(manager, portfolioId, [first.id])).get(first.id)?.by).toBe(other.name);
      const { fingerprint } = plan;
      await expect(runImport(manager, { id, version, fingerprint })).rejects.toThrow("importing.errors.unticked");

      const ticked = await tickRows(manager, { id, version, rows: [row?.row], ticked: true });
      expect(await planOf(id)).toMatchObject({ newer: 1, unticked: 0, fingerprint });
      await tickRows(manager, { id, version: ticked.version, rows: null, ticked: false });
      expect(await planOf(id)).toMatchObject({ unticked: 1 });
      await expect(tickRows(manager, { id, version, rows: null, ticked: true })).rejects.toThrow(Conflict);
      await tickRows(manager, { id, version: version + 2, rows: null, ticked: true });
      // Changed once more: the tick was for what stood there then.
      await assignOwner(other, { id: first.id, version: 2, ownerId: null });
      const moved = await planOf(id);
      expect(moved).toMatchObject({ newer: 1, unticked: 1 });
      await tickRows(manager, { id, version: version + 3, rows: null, ticked: true });
      await runImport(manager, { id, version: version + 4, fingerprint: moved.fingerprint });
      const titles = await query<{ title: string }>(
        owner(),
        "SELECT title->>'en' AS title FROM commitment WHERE id = ANY($1) ORDER BY number",
        [[first.id, second.id]],
      );
      for (const { title } of titles) expect(title).toMatch(/ changed$/);
    });

  test("are none where the file says nothing of when it was made, or nothing would change", async () => {
    await query(owner(), "DELETE FROM commitment");
    const { reference } = await addRecord();
    const { plan } = await brought(`Reference,Title (en)\n${reference},Another\n`);
    expect(plan).toMatchObject({ newer: 0, counts: { change: 1 } });
    const old = await brought(`Reference,Updated\n${reference},2020-01-01T00:00:00Z\n`);
    expect(old.plan).toMatchObject({ newer: 0, counts: { same: 1 } });
  });
});
