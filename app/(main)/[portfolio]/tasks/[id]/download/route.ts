import { errorOf } from "#lib/action.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { currentActor } from "#lib/session.ts";
import { findTaskFile, readTaskFile } from "#lib/tasks/queries.ts";

type Context = { params: Promise<{ portfolio: string; id: string }> };

/** The file that a task made, to whoever asked for it. Sent while it is read. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const [actor, { portfolio, id }] = await Promise.all([currentActor(), params]);
    if (!actor) throw new NotSignedIn();
    const file = await findTaskFile(actor, portfolio, id);
    if (!file) throw new NotFound();
    const pieces = readTaskFile(actor, file);
    const body = new ReadableStream<Uint8Array>({
      // When a piece has been taken, the next one is asked for: a slow line does not fill the memory.
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    });
    return new Response(body, {
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
