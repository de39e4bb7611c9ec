import { z } from "zod";
import { command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import type { Prisma } from "#prisma/generated/client.ts";

/**
 * What is done again and again: a row a job, taken under a lease like a letter (lib/letters/queue.ts), so that of many
 * workers one does it. The lease is prolonged while the work goes on; a worker that stalls or dies loses it.
 */
export type ClaimedJob = { name: string; fence: number; state: Record<string, unknown> };

/** Takes one of the jobs whose time has come; null when there is none. */
export const claimJob = command({
  verb: "job.claim",
  input: z.strictObject({ names: z.array(z.string()), leaseSeconds: z.int().positive() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { names, leaseSeconds }) => {
    await tx.$executeRaw`
      INSERT INTO job (name, next_at) SELECT name, ${now} FROM unnest(${names}::text[]) AS t (name)
      WHERE NOT EXISTS (SELECT FROM job j WHERE j.name = t.name) ON CONFLICT DO NOTHING`;
    const [job] = await tx.$queryRaw<ClaimedJob[]>`
      WITH next AS MATERIALIZED (
        SELECT name FROM job
        WHERE name = ANY(${names}) AND next_at <= ${now} AND (leased_until IS NULL OR leased_until < clock_timestamp())
        ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      UPDATE job j SET fence = j.fence + 1, started_at = ${now}, leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      FROM next WHERE j.name = next.name RETURNING j.name, j.fence, j.state`;
    return { changed: [], result: job ?? null };
  },
});

const ours = { name: z.string(), fence: z.int() };

/** Keeps a job that takes long. */
export const prolongJob = command({
  verb: "job.prolong",
  input: z.strictObject({ ...ours, leaseSeconds: z.int().positive() }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _subject, { name, fence, leaseSeconds }) => {
    await tx.$executeRaw`
      UPDATE job SET leased_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE name = ${name} AND fence = ${fence} AND leased_until IS NOT NULL`;
    return { changed: [], result: undefined };
  },
});

/** Done, or failed: when it is to be done again, and what the next time has to know besides what the job noted itself. */
export const finishJob = command({
  verb: "job.finish",
  input: z.strictObject({
    ...ours,
    nextAt: z.date(),
    finishedAt: z.date(),
    error: z.string().nullable(),
    state: z.record(z.string(), z.json()),
  }),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _subject, { name, fence, nextAt, finishedAt, error, state }) => {
    const added = JSON.stringify(state satisfies Prisma.InputJsonObject);
    await tx.$executeRaw`
      UPDATE job SET leased_until = NULL, next_at = ${nextAt}, finished_at = ${finishedAt}, error = ${error}, state = state || ${added}::jsonb
      WHERE name = ${name} AND fence = ${fence}`;
    return { changed: [], result: undefined };
  },
});
