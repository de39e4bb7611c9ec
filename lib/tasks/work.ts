import type { Actor } from "#lib/actor.ts";
import { writeArchive } from "#lib/archive/write.ts";
import { runWatched } from "#lib/importing/commands.ts";
import { findImport } from "#lib/importing/queries.ts";
import { buildReport } from "#lib/reports/build.ts";
import { toFile } from "#lib/reports/files.ts";
import { tryScheduled } from "#lib/reports/schedules/making.ts";
import { teamToday } from "#lib/team-day.ts";
import type { ClaimedTask } from "./queue.ts";
import { type ImportWork, importWork, reportWork } from "./schema.ts";

/** What is done for each kind of task: task → domain. */

/** What the work has to know besides the task: where people open the app, and the domain in the names of mails. */
export type Setting = { publicUrl: string; domain: string };

type Doing = {
  /** Who asked: it gives them what they may see. */
  actor: Actor;
  now: Date;
  /** Aborted: cancelled, or told to stop. */
  signal: AbortSignal;
  /** So many of so many parts. */
  progress: (done: number, total: number) => void;
  /** Adds to the task's file; waits until it is kept. */
  write: (bytes: Uint8Array) => Promise<void>;
};

/** Gives what the file is called; null where there is none. */
export type Work = (
  task: Pick<ClaimedTask, "portfolioId" | "kind" | "input">,
  doing: Doing,
  setting: Setting,
) => Promise<{ name: string; type: string } | null>;

export const work: Work = async ({ portfolioId, kind, input }, doing, setting) => {
  const { actor, now, signal, progress, write } = doing;
  if (kind === "archive") {
    await writeArchive(actor, portfolioId, doing);
    return { name: `${portfolioId}-${teamToday(now)}.zip`, type: "application/zip" };
  }
  if (kind === "import") {
    await bringIn(importWork.parse(input), portfolioId, doing);
    return null;
  }
  const asked = reportWork.parse(input);
  if ("scheduleId" in asked) {
    await tryScheduled(actor, { portfolioId, scheduleId: asked.scheduleId }, { ...setting, ...doing });
    return null;
  }
  progress(0, 2);
  const { document, request } = await buildReport(actor, asked.request, { portfolioId, now });
  signal.throwIfAborted();
  progress(1, 2);
  const { bytes, extension, type } = await toFile(document, asked.as, { origin: setting.publicUrl, at: now });
  await write(bytes);
  return { name: `${request.template}-${portfolioId}-${request.day}-${request.locale}.${extension}`, type };
};

/** Minutes that an import may take: several times what the largest one does. */
const importMinutes = 30;

/** An import as its preview showed it. One that a worker has done, and died before it could say so, is done. */
async function bringIn({ importId: id, version, fingerprint }: ImportWork, portfolioId: string, doing: Doing) {
  const { actor, now, signal, progress } = doing;
  const found = await findImport(actor, portfolioId, id);
  if (found?.state === "done" && found.version === version + 1) return;
  const timeout = importMinutes * 60_000;
  await runWatched({ signal, progress })(actor, { id, version, fingerprint }, { now, timeout });
}
