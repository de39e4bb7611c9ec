import { type Actor, systemActor } from "#lib/actor.ts";
import { clearKeys } from "#lib/api/once.ts";
import { sealEvents } from "#lib/audit/seal.ts";
import { reading, sql } from "#lib/db.ts";
import { clearImports } from "#lib/importing/commands.ts";
import { gatherLetters } from "#lib/letters/gather.ts";
import { clearFiles } from "#lib/letters/queue.ts";
import { type MailSettings, mailDomain } from "#lib/mail.ts";
import { clearAway } from "#lib/people/access.ts";
import { noticeChanges } from "#lib/reminders/changes.ts";
import { planDue } from "#lib/reminders/planning.ts";
import { makeDue } from "#lib/reports/schedules/making.ts";
import { clearTasks } from "#lib/tasks/queue.ts";
import { clearDeliveries, enqueueDeliveries } from "#lib/webhooks/queue.ts";

/** What the worker does, and how often: schedule → domain command. */

/** `state` is what the job noted the last time. */
type Turn = { actor: Actor; now: Date; state: Record<string, unknown> };

/** `state` is added to what is noted; `soon`: there is more to do at once. */
type Done = { state?: Record<string, string | number | null>; soon?: boolean };

export type Setting = { publicUrl: string; mail: MailSettings };

/** `every` so many seconds. */
export type Job = { every: number; run: (turn: Turn, setting: Setting) => Promise<Done> };

export const jobs: Record<string, Job> = {
  reminders: {
    every: 60,
    run: async ({ now, state }) => {
      const lastEvent = await newestEvent();
      // Reminders are told at a full hour of somebody's zone, and zones differ by quarters of an hour.
      if (state.lastEvent === lastEvent && !passesQuarter(state.plannedUntil, now)) return {};
      const { added } = await planDue(now);
      return { state: { lastEvent, added } };
    },
  },
  changes: {
    every: 5,
    run: async ({ now }) => {
      const { more } = await noticeChanges(now);
      return { soon: more };
    },
  },
  gather: {
    every: 5,
    run: async ({ actor, now }, { publicUrl, mail }) => {
      // One letter a person a run: the run has to be over.
      if (await anyRunning(["reminders", "changes"])) return { soon: false };
      const { reminders } = await gatherLetters(actor, { domain: mailDomain(mail, publicUrl) }, { now });
      return { soon: reminders > 0 };
    },
  },
  reports: {
    every: 60,
    run: async ({ actor, now }, { publicUrl, mail }) => {
      const { made, failed } = await makeDue(actor, { publicUrl, domain: mailDomain(mail, publicUrl) }, now);
      return { state: { made, failed } };
    },
  },
  seal: {
    every: 2,
    run: async ({ actor, now }) => {
      const { more } = await sealEvents(actor, {}, { now });
      return { soon: more };
    },
  },
  webhooks: {
    every: 2,
    run: async ({ actor, now }) => {
      const { more } = await enqueueDeliveries(actor, {}, { now });
      return { soon: more };
    },
  },
  housekeeping: {
    every: 3600,
    run: async ({ actor, now }) => {
      await clearAway(actor, {}, { now });
      await clearKeys(actor, {}, { now });
      await clearTasks(actor, {}, { now });
      await clearFiles(actor, {}, { now });
      await clearImports(actor, {}, { now });
      await clearDeliveries(actor, {}, { now });
      return {};
    },
  },
};

async function newestEvent(): Promise<string> {
  const [row] = await reading(systemActor("worker"))<
    { id: string | null }[]
  >`SELECT max(id)::text AS id FROM audit_event`;
  return row?.id ?? "";
}

async function anyRunning(names: readonly string[]): Promise<boolean> {
  const [row] = await sql<{ running: boolean }[]>`
    SELECT EXISTS (SELECT FROM job WHERE name = ANY(${[...names]}) AND leased_until > clock_timestamp()) AS running`;
  return row?.running ?? false;
}

const quarter = 15 * 60_000;

/** Whether a quarter of an hour began since `from` (ISO), or nobody knows since when. */
function passesQuarter(from: unknown, now: Date): boolean {
  const since = typeof from === "string" ? Date.parse(from) : Number.NaN;
  return Number.isNaN(since) || Math.floor(since / quarter) !== Math.floor(now.getTime() / quarter);
}
