import { setTimeout as sleep } from "node:timers/promises";
import { systemActor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { type ClaimedJob, claimJob, finishJob, prolongJob } from "#lib/jobs.ts";
import { type Sending, sendLetters } from "#lib/letters/sending.ts";
import { createMailer, type MailSettings, mailDomain } from "#lib/mail.ts";
import { stillDue } from "#lib/reminders/planning.ts";
import { type Job, jobs } from "#lib/schedule.ts";
import { taskWaits } from "#lib/tasks/queries.ts";
import { runTask, type Running as TaskRunning } from "#lib/tasks/running.ts";
import { work } from "#lib/tasks/work.ts";
import { isDatabaseAway, limitsOf } from "#lib/trying.ts";
import { deliverer } from "#lib/webhooks/delivering.ts";

/**
 * What works in the background: one loop over a table of jobs (lib/schedule.ts), one that sends letters, one that tells
 * other programs of changes (lib/webhooks), one for the long work that people ask for (lib/tasks). As many workers as
 * wanted may run at once. The time is the database's: a machine whose clock is wrong sends nothing early or twice.
 */
type WorkerSettings = MailSettings & {
  publicUrl: string;
  leaseSeconds: number;
  log: (line: string) => void;
};

export type Worker = { stop(): Promise<void> };

const actor = systemActor("worker");
const idle = 1000;
const longestPause = 60_000;
/** So many letters in one claim: as many as are on their way at once, twice. */
const lettersAtOnce = 10;
/** So many deliveries to other programs on their way at once, and so many of them to one address. */
const deliveriesAtOnce = { most: 20, each: 4 };
/** How long letters that are on their way may take after the worker was told to stop. */
const stopTime = 8_000;

export function startWorker({ publicUrl, leaseSeconds, log, ...mail }: WorkerSettings): Worker {
  const stopped = new AbortController();
  const mailer = createMailer(mail, limitsOf(leaseSeconds).send);
  const stopping = () => stopped.signal.aborted;
  const sending: Sending = {
    ...{ actor, mailer, publicUrl, leaseSeconds, stillDue, stopping },
    most: lettersAtOnce,
  };
  const delivering = teller({ actor, leaseSeconds, stopping, ...deliveriesAtOnce });
  const loops = [
    loop(() => workOn(leaseSeconds, { publicUrl, mail }, log), { log, signal: stopped.signal }),
    loop(sender(sending), { log, signal: stopped.signal }),
    loop(delivering.turn, { log, signal: stopped.signal }),
    loop(
      tasker({
        actor,
        leaseSeconds,
        setting: { publicUrl, domain: mailDomain(mail, publicUrl) },
        stopping: stopped.signal,
        work,
      }),
      {
        log,
        signal: stopped.signal,
      },
    ),
  ];
  return {
    async stop() {
      stopped.abort();
      // A server that hangs: the tries under way fail, and are noted as such.
      const hung = setTimeout(() => mailer?.close(), stopTime);
      await Promise.all(loops);
      await delivering.idle();
      clearTimeout(hung);
      mailer?.close();
    },
  };
}

/** How long the loop may rest after a turn: not at all while there is more to do. */
type Turn = () => Promise<{ pause: number }>;

/** Turns until told to stop. The database being away is waited out, and said once; anything else is a defect, and logged. */
async function loop(turn: Turn, { log, signal }: { log: (line: string) => void; signal: AbortSignal }): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let pause = idle;
    try {
      ({ pause } = await turn());
      if (failures > 0) log("The worker goes on.");
      failures = 0;
    } catch (error) {
      failures += 1;
      pause = Math.min(10_000, idle * 2 ** (failures - 1));
      const away = isDatabaseAway(error);
      if (!away) console.error(error);
      else if (failures === 1) log("The database does not answer; the worker waits for it.");
    }
    if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => {});
  }
}

/** The database's clock, and what of the work it says is due. */
async function look(): Promise<{ now: Date; letters: boolean; deliveries: boolean; jobs: string[] }> {
  const [row] = await reading(actor)<
    { now: Date; letters: boolean; deliveries: boolean; waiting: { name: string; due: boolean }[] }[]
  >`
    SELECT t.now,
      EXISTS (SELECT FROM letter WHERE state = 'waiting' AND next_try_at <= t.now
        AND (leased_until IS NULL OR leased_until < t.now)) AS letters,
      EXISTS (SELECT FROM webhook w JOIN webhook_delivery d ON d.webhook_id = w.id WHERE d.state = 'waiting' AND d.next_try_at <= t.now
        AND (d.event_id IS NULL OR (w.active AND (w.not_before IS NULL OR w.not_before <= t.now)))) AS deliveries,
      (SELECT coalesce(json_agg(json_build_object('name', name,
        'due', next_at <= t.now AND (leased_until IS NULL OR leased_until < t.now))), '[]') FROM job) AS waiting
    FROM (SELECT clock_timestamp() AS now) t`;
  if (!row) throw new Error("the database gave no row");
  const known = new Map(row.waiting.map(({ name, due }) => [name, due]));
  const { now, letters, deliveries } = row;
  return { now, letters, deliveries, jobs: Object.keys(jobs).filter((name) => known.get(name) ?? true) };
}

async function workOn(leaseSeconds: number, setting: Parameters<Job["run"]>[1], log: (line: string) => void) {
  const { now, jobs: due } = await look();
  if (due.length === 0) return { pause: idle };
  const claimed = await claimJob(actor, { names: due, leaseSeconds }, { now });
  if (claimed) await run(claimed, now, { leaseSeconds, setting, log });
  return { pause: claimed ? 0 : idle };
}

type Running = { leaseSeconds: number; setting: Parameters<Job["run"]>[1]; log: (line: string) => void };

/** Runs a job that is ours. One that fails is tried again at its next time, and the failure is there for admins to see. */
async function run(job: ClaimedJob, now: Date, { leaseSeconds, setting, log }: Running): Promise<void> {
  const { name, fence } = job;
  const { every, run: work } = jobs[name] as Job;
  const begun = performance.now();
  const prolong = setInterval(
    () => void prolongJob(actor, { name, fence, leaseSeconds }).catch(() => {}),
    (leaseSeconds * 1000) / 3,
  );
  const since = () => new Date(now.getTime() + Math.round(performance.now() - begun));
  try {
    const { state = {}, soon = false } = await work({ actor, now, state: job.state }, setting);
    const nextAt = soon ? since() : new Date(now.getTime() + every * 1000);
    await finishJob(actor, { name, fence, nextAt, finishedAt: since(), error: null, state });
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log(`The job ${name} failed; it is tried again.`);
    console.error(error);
    const told = String((error as Error)?.message ?? error).slice(0, 500);
    const nextAt = new Date(now.getTime() + Math.max(every, 10) * 1000);
    await finishJob(actor, { name, fence, nextAt, finishedAt: since(), error: told, state: {} });
  } finally {
    clearInterval(prolong);
  }
}

/** The turns of the loop that sends. */
function sender(sending: Sending): Turn {
  let away = 0;
  return async () => {
    const { now, letters } = await look();
    if (!letters) return { pause: idle };
    const round = await sendLetters(sending, now);
    away = round.away ? away + 1 : 0;
    // Every letter failed for a reason that is the server's: it is not asked with a thousand others.
    if (away > 0) return { pause: Math.min(longestPause, 5000 * 2 ** (away - 1)) };
    return { pause: round.claimed > 0 ? 0 : idle };
  };
}

/** The turns of the loop that tells other programs; `idle`: all that was on its way is settled. */
function teller(delivering: Parameters<typeof deliverer>[0]): { turn: Turn; idle: () => Promise<unknown> } {
  const { turn, idle: settled } = deliverer(delivering);
  return {
    idle: settled,
    turn: async () => {
      const { now, deliveries } = await look();
      return { pause: deliveries && (await turn(now)).claimed > 0 ? 0 : idle };
    },
  };
}

/** The turns of the loop that does the long work. */
function tasker(running: TaskRunning): Turn {
  return async () => {
    if (!(await taskWaits())) return { pause: idle };
    const { now } = await look();
    return { pause: (await runTask(running, now)) ? 0 : idle };
  };
}
