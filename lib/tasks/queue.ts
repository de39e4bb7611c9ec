import { z } from "zod";
import { command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import { uuid } from "#lib/text.ts";
import type { Tx } from "#lib/writer.ts";
import type { TaskKind } from "#prisma/generated/enums.ts";
import { tellTasks } from "./commands.ts";
import { keptDays } from "./schema.ts";

/**
 * The queue of long work, for the worker alone: claimed under a lease and a fence like letters (lib/letters/queue.ts). None
 * of this is a person's doing, so the history says nothing of it.
 */

export type ClaimedTask = {
  id: string;
  fence: number;
  portfolioId: string;
  kind: TaskKind;
  input: unknown;
  /** How often it has been begun, with this time. */
  attempts: number;
};

/** Takes the task that waits longest, or one whose worker is gone: that one is begun anew. Null when there is none. */
export const claimTask = command({
  verb: "task.claim",
  input: z.strictObject({ leaseSeconds: z.int().positive() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { leaseSeconds }) => {
    const [task] = await tx.$queryRaw<(ClaimedTask & { personId: string })[]>`
      WITH next AS MATERIALIZED (
        SELECT id FROM task WHERE state = 'waiting' OR (state = 'running' AND leased_until < clock_timestamp())
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      UPDATE task t SET state = 'running', fence = t.fence + 1, attempts = t.attempts + 1, done = 0, total = 0,
        started_at = ${now}, leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      FROM next WHERE t.id = next.id
      RETURNING t.id, t.fence, t.portfolio_id AS "portfolioId", t.kind, t.input, t.attempts, t.person_id AS "personId"`;
    if (!task) return { changed: [], result: null };
    const { personId, ...claimed } = task;
    await tx.taskChunk.deleteMany({ where: { taskId: task.id } });
    await tellTasks(tx, personId);
    return { changed: [], result: claimed };
  },
});

const ours = { id: uuid, fence: z.int() };

/** Whose the task is, locked, as long as it is still ours to work on; null when it was cancelled or taken over. */
async function hold(tx: Tx, { id, fence }: { id: string; fence: number }): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ personId: string }[]>`
    SELECT person_id AS "personId" FROM task WHERE id = ${id}::uuid AND fence = ${fence} AND state = 'running' FOR UPDATE`;
  return row?.personId ?? null;
}

/** Says how far it is, and keeps the task ours. False: it is no more, and whoever works on it has to stop. */
export const progressTask = command({
  verb: "task.progress",
  input: z.strictObject({
    ...ours,
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    leaseSeconds: z.int().positive(),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _subject, { id, fence, done, total, leaseSeconds }) => {
    const personId = await hold(tx, { id, fence });
    if (personId === null) return { changed: [], result: false };
    const moved = await tx.$executeRaw`
      UPDATE task SET done = ${done}, total = ${total} WHERE id = ${id}::uuid AND (done, total) IS DISTINCT FROM (${done}, ${total})`;
    await tx.$executeRaw`
      UPDATE task SET leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second' WHERE id = ${id}::uuid`;
    if (moved > 0) await tellTasks(tx, personId);
    return { changed: [], result: true };
  },
});

/** Keeps a piece of the task's file. False: the task is no longer ours. */
export const storeChunk = command({
  verb: "task.store",
  input: z.strictObject({ ...ours, position: z.int().nonnegative(), bytes: z.instanceof(Uint8Array) }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _subject, { id, fence, position, bytes }) => {
    if ((await hold(tx, { id, fence })) === null) return { changed: [], result: false };
    await tx.$executeRaw`INSERT INTO task_chunk (task_id, position, bytes) VALUES (${id}::uuid, ${position}, ${bytes})`;
    return { changed: [], result: true };
  },
});

const file = z.strictObject({ name: z.string(), type: z.string(), bytes: z.int().nonnegative() });

/** How it came out, and `waiting`: a worker that stops gives it back. Says whether it still was ours. */
export const settleTask = command({
  verb: "task.settle",
  input: z.strictObject({
    ...ours,
    next: z.discriminatedUnion("state", [
      /** Without a file where what was made went elsewhere. */
      z.strictObject({ state: z.literal("done"), file: file.nullable() }),
      /** A message key. */
      z.strictObject({ state: z.literal("failed"), error: z.string().max(500) }),
      z.strictObject({ state: z.literal("waiting") }),
    ]),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { id, fence, next }) => {
    const personId = await hold(tx, { id, fence });
    if (personId === null) return { changed: [], result: false };
    const { state } = next;
    if (state !== "done") await tx.taskChunk.deleteMany({ where: { taskId: id } });
    await tx.task.update({
      where: { id },
      data: {
        state,
        leasedUntil: null,
        error: state === "failed" ? next.error : null,
        ...(state === "waiting" ? { attempts: { decrement: 1 } } : { finishedAt: now }),
        ...(state === "done" &&
          next.file && { fileName: next.file.name, fileType: next.file.type, fileBytes: next.file.bytes }),
      },
    });
    await tellTasks(tx, personId);
    return { changed: [], result: true };
  },
});

/** Takes away what was over some days ago, with its files. */
export const clearTasks = command({
  verb: "task.clear",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const before = new Date(now.getTime() - keptDays * 86_400_000);
    const { count } = await tx.task.deleteMany({ where: { finishedAt: { lt: before } } });
    return { changed: [], result: count };
  },
});
