import { errorOf } from "#lib/action.ts";
import { actorOfSession } from "#lib/actor.ts";
import { getVersion } from "#lib/commitments/record.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { watch } from "#lib/live.ts";
import { presentSecret } from "#lib/session.ts";

export const dynamic = "force-dynamic";

/** Milliseconds between signs of life, which also find out that the browser is gone. */
const heartbeat = 20_000;

/**
 * Server-sent events for one record: its version and who made it, at once and again after every change. Asked for as JSON
 * (`Accept: application/json`) it answers once with the version: that is the polling for where streams do not get through.
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const secret = await presentSecret();
  // Looked up each time, and outside the request too: a stream outlives a sign-out, but must not serve it.
  const current = async () => {
    const found = secret ? await actorOfSession(secret, new Date()) : null;
    if (!found) throw new NotSignedIn();
    const present = await getVersion(found.actor, id);
    if (present === null) throw new NotFound();
    return JSON.stringify(present);
  };
  let first: string;
  try {
    first = await current();
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
  if (request.headers.get("accept")?.includes("application/json")) {
    return new Response(first, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
  }
  return new Response(stream(id, first, current, request.signal), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function stream(
  id: string,
  first: string,
  current: () => Promise<string>,
  gone: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const end = () => {
        stop();
        try {
          controller.close();
        } catch {
          // Closed by the browser already.
        }
      };
      // Whoever was signed out, disabled or lost sight of the record gets nothing more.
      const tell = () =>
        current()
          .then((now) => send(`data: ${now}\n\n`))
          .catch(end);
      const beat = setInterval(() => send(": still here\n\n"), heartbeat);
      const unwatch = await watch(id, tell);
      stop = () => {
        clearInterval(beat);
        unwatch();
      };
      gone.addEventListener("abort", end, { once: true });
      send(`retry: 2000\ndata: ${first}\n\n`);
    },
    cancel: () => stop(),
  });
}
