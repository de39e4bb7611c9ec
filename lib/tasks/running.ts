import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, actorOfTask } from "#lib/actor.ts";
import { isAway, KeptError, NotFound, reasonOf, Unavailable } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { type ClaimedTask, claimTask, progressTask, settleTask, storeChunk } from "./queue.ts";
import type { Setting, Work } from "./work.ts";

/** Long work as the worker does it: one task at a time, whose file goes into the database piece by piece. */

export type Running = {
  /** The worker itself, for the queue. */
  actor: Actor;
  leaseSeconds: number;
  setting: Setting;
  /** Told to stop: what is half done is given back. */
  stopping: AbortSignal;
  work: Work;
  /** Milliseconds between two words about how far it is: so soon is a cancelled task noticed. */
  every?: number;
};

/** A worker that dies of a task takes it up again, but not for ever. */
const mostAttempts = 3;

/** Takes one task and does it. False: there was none. */
export async function runTask(running: Running, now: Date): Promise<boolean> {
  const { actor, leaseSeconds, stopping } = running;
  const task = await claimTask(actor, { leaseSeconds }, { now });
  if (!task) return false;
  const { id, fence } = task;
  const begun = performance.now();
  const since = () => new Date(now.getTime() + Math.round(performance.now() - begun));
  const settle = (next: Parameters<typeof settleTask.within>[1]) =>
    settleTask(actor, { id, fence, next }, { now: since() });
  if (task.attempts > mostAttempts) {
    await settle({ state: "failed", error: "tasks.errors.gaveUp" });
    return true;
  }
  // Not ours any more: cancelled, or taken over after a stall.
  const lost = new AbortController();
  const signal = AbortSignal.any([lost.signal, stopping]);
  const counted = { done: 0, total: 0 };
  const over = new AbortController();
  const keeping = keep(running, task, { counted, lost, over: over.signal });
  try {
    const asker = await actorOfTask(id);
    if (!asker) throw new NotFound();
    const file = chunks(actor, task, lost);
    const made = await running.work(
      task,
      {
        ...{ actor: asker, now, signal, write: file.write },
        progress: (done, total) => Object.assign(counted, { done: Math.min(done, total), total }),
      },
      running.setting,
    );
    signal.throwIfAborted();
    const bytes = await file.end();
    over.abort();
    await keeping;
    await progressTask(actor, { id, fence, ...full(counted), leaseSeconds });
    await settle({ state: "done", file: made && { ...made, bytes } });
  } catch (error) {
    over.abort();
    await keeping;
    if (lost.signal.aborted) return true;
    if (stopping.aborted) await settle({ state: "waiting" });
    else if (error instanceof Unavailable || isAway(error)) throw error;
    else {
      if (!(error instanceof KeptError)) log.error({ err: error, task: id }, "A task failed.");
      await settle({ state: "failed", error: reasonOf(error) });
    }
  }
  return true;
}

const full = ({ total }: { total: number }) => ({ done: total, total });

type Keeping = { counted: { done: number; total: number }; lost: AbortController; over: AbortSignal };

/** Says again and again how far it is, which keeps the task ours, and finds out when it is no more. */
async function keep(
  { actor, leaseSeconds, every = 500 }: Running,
  { id, fence }: ClaimedTask,
  { counted, lost, over }: Keeping,
) {
  while (!over.aborted && !lost.signal.aborted) {
    try {
      if (!(await progressTask(actor, { id, fence, ...counted, leaseSeconds }))) lost.abort();
    } catch (error) {
      // While the database is away nobody else can take it over either.
      if (!(error instanceof Unavailable || isAway(error))) throw error;
    }
    await sleep(every, undefined, { signal: over }).catch(() => {});
  }
}

const chunkBytes = 1 << 20;

/** The task's file: what is written comes together to pieces of a megabyte, and waits until each is kept. */
function chunks(actor: Actor, { id, fence }: ClaimedTask, lost: AbortController) {
  let kept = 0;
  let position = 0;
  let gathered: Uint8Array[] = [];
  let size = 0;
  async function store(bytes: Uint8Array) {
    if (!(await storeChunk(actor, { id, fence, position, bytes }))) lost.abort();
    lost.signal.throwIfAborted();
    position += 1;
    kept += bytes.byteLength;
  }
  return {
    async write(bytes: Uint8Array): Promise<void> {
      gathered.push(bytes);
      size += bytes.byteLength;
      if (size < chunkBytes) return;
      const all = Buffer.concat(gathered);
      const whole = all.byteLength - (all.byteLength % chunkBytes);
      gathered = [Buffer.from(all.subarray(whole))];
      size = all.byteLength - whole;
      for (let at = 0; at < whole; at += chunkBytes) await store(all.subarray(at, at + chunkBytes));
    },
    /** How many bytes there were in all. */
    async end(): Promise<number> {
      if (size > 0) await store(Buffer.concat(gathered));
      return kept;
    },
  };
}
