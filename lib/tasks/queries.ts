import { z } from "zod";
import { type Actor, systemActor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { NotFound } from "#lib/errors.ts";
import { isOfOne } from "#lib/reports/outline.ts";
import type { ReportRequest } from "#lib/reports/request.ts";
import { may } from "./policy.ts";
import { keptDays, type TaskShown } from "./schema.ts";

/** Long work, as who asked for it sees it. */

/** So many are shown; older ones are over, and soon cleared away. */
const shownMost = 50;

/** What the actor asked for in any portfolio, the newest first. */
export async function listTasks(actor: Actor): Promise<TaskShown[]> {
  if (actor.id === null) return [];
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  type Row = Omit<TaskShown, "createdAt" | "finishedAt" | "keptUntil"> & { createdAt: Date; finishedAt: Date | null };
  const rows = await reading(actor)<Row[]>`
    SELECT t.id, json_build_object('id', p.id, 'name', p.name) AS portfolio, t.kind, t.input, t.state, t.done, t.total,
      t.created_at AS "createdAt", t.finished_at AS "finishedAt", t.error,
      CASE WHEN t.file_name IS NOT NULL THEN json_build_object('name', t.file_name, 'bytes', t.file_bytes) END AS file
    FROM task t JOIN portfolio p ON p.id = t.portfolio_id
    WHERE t.person_id = ${actor.id} ORDER BY t.id DESC LIMIT ${shownMost}`;
  return rows.map(({ createdAt, finishedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    finishedAt: iso(finishedAt),
    keptUntil: row.file && finishedAt ? iso(new Date(finishedAt.getTime() + keptDays * 86_400_000)) : null,
  }));
}

type TaskFile = { id: string; name: string; type: string; bytes: number };

/** The file that a task made. Null: none that the actor may fetch. */
export async function findTaskFile(actor: Actor, portfolioId: string, id: string): Promise<TaskFile | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await reading(actor)<(TaskFile & { portfolioId: string; personId: string })[]>`
    SELECT id, file_name AS name, file_type AS type, file_bytes::float8 AS bytes, portfolio_id AS "portfolioId", person_id AS "personId"
    FROM task WHERE id = ${id} AND portfolio_id = ${portfolioId} AND state = 'done' AND file_name IS NOT NULL`;
  if (!row || !may(actor, "see", row)) return null;
  const { personId: _person, portfolioId: _portfolio, ...file } = row;
  return file;
}

/**
 * The file's pieces, one after the other: memory holds one.
 * @throws NotFound where it was cleared away meanwhile, so that nobody takes its beginning for the whole
 */
export async function* readTaskFile(actor: Actor, { id, bytes }: TaskFile): AsyncGenerator<Uint8Array> {
  for (let position = 0, given = 0; given < bytes; position++) {
    const [chunk] = await reading(actor)<{ bytes: Uint8Array }[]>`
      SELECT bytes FROM task_chunk WHERE task_id = ${id} AND position = ${position}`;
    if (!chunk) throw new NotFound();
    given += chunk.bytes.byteLength;
    yield chunk.bytes;
  }
}

/** Whether some task waits for a worker. */
export async function taskWaits(): Promise<boolean> {
  const [row] = await reading(systemActor("worker"))<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT FROM task WHERE state = 'waiting')
      OR EXISTS (SELECT FROM task WHERE state = 'running' AND leased_until < clock_timestamp()) AS waits`;
  return row?.waits ?? false;
}

/** Beyond so many records a report takes too long to wait for in front of a page. */
export const waitedForMost = 2000;

/** Whether a report takes too long to wait for. */
export async function isLong(
  actor: Actor,
  portfolioId: string,
  { template }: Pick<ReportRequest, "template">,
): Promise<boolean> {
  if (isOfOne(template)) return false;
  const [row] = await reading(actor)<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT FROM commitment WHERE portfolio_id = ${portfolioId} LIMIT ${waitedForMost + 1}) t`;
  return (row?.count ?? 0) > waitedForMost;
}
