import { NotFound } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { fileStream } from "#lib/file-stream.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { findTaskFile, readTaskFile } from "#lib/tasks/queries.ts";

/** The file that a task made, to whoever asked for it. Sent while it is read. */
export const GET = portfolioRoute<{ portfolio: string; id: string }>(async ({ request, parts, actor, portfolio }) => {
  const file = await findTaskFile(actor, portfolio.id, parts.id);
  if (!file) throw new NotFound();
  const length = { "Content-Length": String(file.bytes) };
  return fileAnswer(await fileStream(readTaskFile(actor, file), request), file, length);
});
