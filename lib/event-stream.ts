import { watch } from "#lib/live.ts";

/** Milliseconds between signs of life, which also find out that the browser is gone. */
const heartbeat = 20_000;

type Options = {
  /** Whose changes are told (lib/live.ts): a record's or a person's id. */
  subjectId: string;
  /** How it stands at first, as JSON: what a browser is told at once. */
  first: string;
  /** How it stands now. Where this throws, the stream ends: whoever may not know any more gets nothing. */
  current: () => Promise<string>;
  request: Request;
};

/**
 * Server-sent events: how something stands at once, and again after every change. A browser that asks for JSON
 * (`Accept: application/json`) is answered once: that is the polling for where streams do not get through.
 */
export function liveAnswer({ subjectId, first, current, request }: Options): Response {
  if (request.headers.get("accept")?.includes("application/json")) {
    return new Response(first, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
  }
  return new Response(stream(subjectId, first, current, request.signal), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function stream(
  subjectId: string,
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
      const tell = () =>
        current()
          .then((now) => send(`data: ${now}\n\n`))
          .catch(end);
      const beat = setInterval(() => send(": still here\n\n"), heartbeat);
      const unwatch = await watch(subjectId, tell);
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
