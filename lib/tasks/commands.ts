import { z } from "zod";
import { command } from "#lib/command.ts";
import { NotSignedIn, RuleBroken } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";
import type { Tx } from "#lib/writer.ts";
import type { TaskState } from "#prisma/generated/enums.ts";
import { may } from "./policy.ts";
import { askInput, mostOpen } from "./schema.ts";

/** Long work, as people ask for it and cancel it. What the worker does with it: queue.ts. */

const open: TaskState[] = ["waiting", "running"];

/** Tells the pages that show somebody's tasks, once the transaction has committed. */
export async function tellTasks(tx: Tx, personId: string): Promise<void> {
  const told = JSON.stringify({ type: "task", id: tasksOf(personId), event: 0 });
  await tx.$executeRaw`SELECT pg_notify('kept_changes', ${told})`;
}

/** Under which name somebody's tasks are watched (lib/live.ts). */
export const tasksOf = (personId: string) => `tasks:${personId}`;

/** Asks for long work. Who asks for the same again while it is still open gets the one that there is. */
export const askFor = command({
  verb: "task.ask",
  input: askInput,
  locks: true,
  load: async ({ tx, actor }, { portfolioId }) => {
    if (actor.id === null) throw new NotSignedIn();
    // Two at once from one person wait for each other, so that the limit holds.
    await tx.$queryRaw`SELECT FROM person WHERE id = ${actor.id}::uuid FOR UPDATE`;
    return tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } });
  },
  allow: (actor, { id }) => may(actor, "ask", { portfolioId: id }),
  run: async ({ tx, actor, now }, { id: portfolioId }, { kind, input }) => {
    const personId = actor.id ?? "";
    const asked = await tx.task.findMany({ where: { personId, state: { in: open } } });
    const same = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM task WHERE person_id = ${personId}::uuid AND portfolio_id = ${portfolioId} AND state IN ('waiting', 'running')
        AND kind = ${kind}::"TaskKind" AND input = ${JSON.stringify(input)}::jsonb LIMIT 1`;
    if (same[0]) return { changed: [], result: same[0] };
    if (asked.length >= mostOpen) throw new RuleBroken("tasks.errors.tooMany");
    const { id } = await tx.task.create({
      data: { portfolioId, personId, kind, input, createdAt: now },
      select: { id: true },
    });
    await tellTasks(tx, personId);
    const changes = { kind: [null, kind], input: [null, input] } as const;
    return { changed: [{ type: "task", id, portfolioId, changes }], result: { id } };
  },
});

/** Cancels long work. What runs notices within a second, and what it has written is gone at once. */
export const cancelTask = command({
  verb: "task.cancel",
  input: z.strictObject({ id: uuid }),
  locks: true,
  load: async ({ tx, actor }, { id }) => {
    const [task] = await tx.$queryRaw<{ id: string; personId: string; portfolioId: string; state: TaskState }[]>`
      SELECT id, person_id AS "personId", portfolio_id AS "portfolioId", state FROM task WHERE id = ${id}::uuid FOR UPDATE`;
    // Somebody else's is not forbidden but not there.
    return task && may(actor, "see", task) ? task : null;
  },
  allow: (actor, task) => may(actor, "cancel", task),
  run: async ({ tx, now }, { id, personId, portfolioId, state }) => {
    if (!open.includes(state)) throw new RuleBroken("tasks.errors.over");
    await tx.task.update({ where: { id }, data: { state: "cancelled", finishedAt: now, leasedUntil: null } });
    await tx.taskChunk.deleteMany({ where: { taskId: id } });
    await tellTasks(tx, personId);
    return {
      changed: [{ type: "task", id, portfolioId, changes: { state: [state, "cancelled"] } }],
      result: undefined,
    };
  },
});
