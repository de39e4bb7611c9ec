import { errorOf } from "#lib/action.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { fileStream } from "#lib/file-stream.ts";
import { currentActor } from "#lib/session.ts";
import { findTaskFile, readTaskFile } from "#lib/tasks/queries.ts";

type Context = { params: Promise<{ portfolio: string; id: string }> };

/** The file that a task made, to whoever asked for it. Sent while it is read. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const [actor, { portfolio, id }] = await Promise.all([currentActor(), params]);
    if (!actor) throw new NotSignedIn();
    const file = await findTaskFile(actor, portfolio, id);
    if (!file) throw new NotFound();
    return new Response(await fileStream(readTaskFile(actor, file), request), {
      headers: {
        "Content-Type": file.type,
        "Content-Length": String(file.bytes),
        "Content-Disposition": `attachment; filename="${file.name}"`,
        "Cache-Control": "private, no-store",
      },
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
