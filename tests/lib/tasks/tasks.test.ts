import { unzipSync } from "fflate";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Actor, systemActor } from "#lib/actor.ts";
import { NotFound, RuleBroken } from "#lib/errors.ts";
import { askFor, cancelTask } from "#lib/tasks/commands.ts";
import { findTaskFile, listTasks, readTaskFile } from "#lib/tasks/queries.ts";
import { claimTask, clearTasks, settleTask, storeChunk } from "#lib/tasks/queue.ts";
import { runTask } from "#lib/tasks/running.ts";
import { type Work, work } from "#lib/tasks/work.ts";
import { addActor, historyOf } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { startJobWorker } from "#tests/support/job-worker.ts";
import { query } from "#tests/support/people.ts";

/** Long work: asked for, done by workers that may stop and die, cancelled, fetched. */

testDatabase({ catalogue: true });

const worker = systemActor("worker");
const portfolioId = "viet-nam-laos";
const owner = () => process.env.KEPT_OWNER_URL ?? "";
let asker: Actor & { id: string };
let other: Actor & { id: string };

beforeAll(async () => {
  [asker, other] = await Promise.all([addActor("viewer"), addActor("admin")]);
});
beforeEach(() => query(owner(), "DELETE FROM task"));

const archive = { portfolioId, kind: "archive", input: {} };
const report = (locale: string) => ({
  portfolioId,
  kind: "report",
  input: { request: { template: "status", locale }, as: "csv" },
});

type Round = { does?: Work; stopping?: AbortSignal; leaseSeconds?: number; now?: Date };
const round = ({
  does = work,
  stopping = new AbortController().signal,
  leaseSeconds = 60,
  now = new Date(),
}: Round = {}) =>
  runTask(
    {
      ...{ actor: worker, leaseSeconds, stopping, work: does, every: 50 },
      setting: { publicUrl: "https://kept.example", domain: "kept.example" },
    },
    now,
  );

async function only() {
  const [task, ...more] = await listTasks(asker);
  if (!task || more.length > 0) throw new Error(`${more.length} tasks more`);
  return task;
}
const chunks = () => query<{ position: number }>(owner(), "SELECT position FROM task_chunk ORDER BY position");

async function fileOf(actor: Actor, id: string): Promise<Buffer | null> {
  const file = await findTaskFile(actor, portfolioId, id);
  if (!file) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of readTaskFile(actor, file)) pieces.push(piece);
  expect(Buffer.concat(pieces).byteLength).toBe(file.bytes);
  return Buffer.concat(pieces);
}

/** Work that begins, and goes on until it is told to end, or told to stop. */
function slowWork() {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const does: Work = async (_task, { signal, write, progress }) => {
    progress(1, 4);
    await write(Buffer.alloc(2_500_000, "a"));
    begun.resolve();
    await Promise.race([
      end.promise,
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    ]);
    return { name: "slow.txt", type: "text/plain" };
  };
  return { does, begun: begun.promise, end: end.resolve };
}

describe("asked for", () => {
  test("it waits, is done, and its file goes to who asked and to nobody else", async () => {
    const { id } = await askFor(asker, archive);
    expect(await only()).toMatchObject({ id, state: "waiting", file: null });
    expect(await round()).toBe(true);
    expect(await round()).toBe(false);
    const task = await only();
    expect(task).toMatchObject({ state: "done", error: null });
    expect(task.done).toBe(task.total);
    expect(task.total).toBeGreaterThan(100);
    const file = await fileOf(asker, id);
    expect(Object.keys(unzipSync(file ?? new Uint8Array()))).toContain("datapackage.json");
    for (const [who, where] of [
      [other, portfolioId],
      [worker, portfolioId],
      [asker, "demo"],
    ] as const)
      expect(await findTaskFile(who, where, id)).toBe(null);
    expect(await listTasks(other)).toEqual([]);
    await expect(cancelTask(other, { id })).rejects.toThrow(NotFound);
    expect(await historyOf(id)).toMatchObject([{ verb: "task.ask", changes: { kind: [null, "archive"] } }]);
  });

  test("the same again, while it is open, is the one that there is; and there is an end to it", async () => {
    const first = await askFor(asker, archive);
    expect(await askFor(asker, archive)).toEqual(first);
    for (const as of ["pdf", "word", "excel", "csv"])
      await askFor(asker, { ...report("en"), input: { ...report("en").input, as } });
    await expect(askFor(asker, report("vi"))).rejects.toThrow(RuleBroken);
    await askFor(other, report("vi"));
    const all = await Promise.allSettled([1, 2, 3].map(() => askFor(other, report("lo"))));
    const ids = all.map((one) => (one.status === "fulfilled" ? one.value.id : one.reason));
    expect(new Set(ids).size).toBe(1);
  });

  test("a report, in the name of who asked, as it stands now", async () => {
    const { id } = await askFor(asker, report("vi"));
    await round();
    expect((await only()).file?.name).toMatch(/^status-viet-nam-laos-\d{4}-\d\d-\d\d-vi\.csv$/);
    expect((await fileOf(asker, id))?.toString()).toContain("VL-001");
  });

  test("what is wrong with it is told", async () => {
    await askFor(asker, { ...report("en"), input: { request: { template: "brief", locale: "en" }, as: "pdf" } });
    await round();
    expect(await only()).toMatchObject({ state: "failed", error: "reports.errors.record" });
    await query(owner(), "DELETE FROM task");
    await askFor(asker, archive);
    const unexpected: Work = async (_task, { write }) => {
      await write(Buffer.alloc(3_000_000));
      throw new Error("a secret of ours");
    };
    await round({ does: unexpected });
    expect(await only()).toMatchObject({ state: "failed", error: "errors.unexpected" });
    expect(await chunks()).toEqual([]);
  });

  test("of somebody who was disabled since, nothing is made", async () => {
    const leaver = await addActor("manager");
    await askFor(leaver, archive);
    await query(owner(), "UPDATE person SET disabled_at = now() WHERE id = $1", [leaver.id]);
    await round();
    expect(await listTasks(leaver)).toMatchObject([{ state: "failed", error: "errors.notFound", file: null }]);
  });
});

describe("while it goes on", () => {
  test("it says how far it is, and the file is in pieces of a megabyte", async () => {
    const { does, begun, end } = slowWork();
    const { id } = await askFor(asker, archive);
    const running = round({ does });
    await begun;
    await expect.poll(only).toMatchObject({ state: "running", done: 1, total: 4 });
    expect(await findTaskFile(asker, portfolioId, id)).toBe(null);
    end();
    await running;
    expect(await chunks()).toEqual([{ position: 0 }, { position: 1 }, { position: 2 }]);
    expect((await fileOf(asker, id))?.toString()).toBe("a".repeat(2_500_000));
    // Cleared away while somebody receives it.
    await query(owner(), "DELETE FROM task_chunk WHERE position = 2");
    await expect(fileOf(asker, id)).rejects.toThrow(NotFound);
  });

  test("cancelled, it stops by itself, and nothing of it is left", async () => {
    const { does, begun } = slowWork();
    const { id } = await askFor(asker, archive);
    const running = round({ does });
    await begun;
    const at = performance.now();
    await cancelTask(asker, { id });
    await running;
    expect(performance.now() - at).toBeLessThan(1500);
    expect(await only()).toMatchObject({ state: "cancelled", file: null });
    expect(await chunks()).toEqual([]);
    await expect(cancelTask(asker, { id })).rejects.toThrow(RuleBroken);
    expect(await historyOf(id)).toMatchObject([{ verb: "task.ask" }, { verb: "task.cancel" }]);
  });

  test("a worker that is told to stop gives it back, and another does it", async () => {
    const { does, begun } = slowWork();
    await askFor(asker, archive);
    const stop = new AbortController();
    const running = round({ does, stopping: stop.signal });
    await begun;
    stop.abort();
    await running;
    expect(await only()).toMatchObject({ state: "waiting" });
    expect(await chunks()).toEqual([]);
    await round();
    expect(await only()).toMatchObject({ state: "done" });
  });

  test("a worker that lost it has no say any more", async () => {
    await askFor(asker, archive);
    const first = await claimTask(worker, { leaseSeconds: 60 });
    if (!first) throw new Error("nothing to claim");
    const { id, fence } = first;
    expect(await claimTask(worker, { leaseSeconds: 60 })).toBe(null);
    await storeChunk(worker, { id, fence, position: 0, bytes: Buffer.from("old") });
    await query(owner(), "UPDATE task SET leased_until = now() - interval '1 second'");
    const second = await claimTask(worker, { leaseSeconds: 60 });
    expect(second).toMatchObject({ id, fence: fence + 1, attempts: 2 });
    expect(await chunks()).toEqual([]);
    expect(await storeChunk(worker, { id, fence, position: 0, bytes: Buffer.from("old") })).toBe(false);
    const next = { state: "done" as const, file: { name: "old", type: "text/plain", bytes: 3 } };
    expect(await settleTask(worker, { id, fence, next })).toBe(false);
    expect(await only()).toMatchObject({ state: "running", file: null });
  });

  test("begun three times and broken off each time, it is given up", async () => {
    await askFor(asker, archive);
    for (let time = 0; time < 3; time++) {
      await claimTask(worker, { leaseSeconds: 60 });
      await query(owner(), "UPDATE task SET leased_until = now() - interval '1 second'");
    }
    await round();
    expect(await only()).toMatchObject({ state: "failed", error: "tasks.errors.gaveUp" });
  });
});

test("what was over a week ago is cleared away with its file", async () => {
  const { id } = await askFor(asker, archive);
  await round();
  const week = 7 * 86_400_000;
  expect(await clearTasks(worker, {}, { now: new Date(Date.now() + week - 60_000) })).toBe(0);
  expect(await fileOf(asker, id)).not.toBe(null);
  expect(await clearTasks(worker, {}, { now: new Date(Date.now() + week + 60_000) })).toBe(1);
  expect(await listTasks(asker)).toEqual([]);
  expect(await chunks()).toEqual([]);
});

test("a worker process that is killed over it: another takes it up again and does it", async () => {
  const start = () => startJobWorker({ databaseUrl: process.env.DATABASE_URL ?? "", env: { KEPT_LEASE: "2" } });
  // Nobody can read the citations while this is open: the worker is in the midst of the archive.
  const holder = new pg.Client({ connectionString: owner() });
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE citation IN ACCESS EXCLUSIVE MODE");
  const { id } = await askFor(asker, archive);
  const first = start();
  await expect.poll(only, { timeout: 20_000 }).toMatchObject({ state: "running" });
  await first.kill();
  await holder.end();
  const second = start();
  try {
    await expect.poll(only, { timeout: 30_000 }).toMatchObject({ state: "done" });
    expect(Object.keys(unzipSync((await fileOf(asker, id)) ?? new Uint8Array()))).toContain("data/history.csv");
    const [row] = await query<{ attempts: number }>(owner(), "SELECT attempts FROM task WHERE id = $1", [id]);
    expect(row?.attempts).toBe(2);
  } finally {
    await second.stop();
  }
}, 90_000);
