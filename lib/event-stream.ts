import { watch } from "#lib/live.ts";

/** Milliseconds between signs of life, which also find out that the browser is gone. */
const heartbeat = 20_000;

/** So many streams of one person are open in a process: pages that are shown, and a page that is hidden has none. */
const mostOpen = 20;

type Options = {
  /** Who listens. */
  personId: string;
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
export function liveAnswer(options: Options): Response {
  const { first, request } = options;
  if (request.headers.get("accept")?.includes("application/json")) {
    return new Response(first, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
  }
  // Next answers HEAD by calling GET, and never reads or cancels the body.
  const unread = request.method === "HEAD" || request.signal.aborted;
  return new Response(unread ? null : stream(options), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

/** Ends of the streams that are open in this process, the oldest first, by whose they are. */
const kept = globalThis as { keptStreams?: Map<string, Set<() => void>> };

/** Counts a stream as its person's. Where that makes too many, their oldest one ends. */
function enter(personId: string, end: () => void): () => void {
  kept.keptStreams ??= new Map();
  const all = kept.keptStreams;
  const theirs = all.get(personId) ?? new Set();
  all.set(personId, theirs.add(end));
  const [oldest] = theirs;
  if (theirs.size > mostOpen) oldest?.();
  return () => {
    theirs.delete(end);
    if (theirs.size === 0 && all.get(personId) === theirs) all.delete(personId);
  };
}

function stream({ personId, subjectId, first, current, request }: Options): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let over = false;
  let stop = () => {
    over = true;
  };
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
      const unwatch = await watch(subjectId, tell);
      const leave = enter(personId, end);
      const beat = setInterval(() => {
        // Nobody is told of every browser that is gone (lib/file-stream.ts), but what was sent then lies here unread.
        if (request.signal.aborted || (controller.desiredSize ?? 0) <= 0) end();
        else send(": still here\n\n");
      }, heartbeat);
      stop = () => {
        clearInterval(beat);
        unwatch();
        leave();
      };
      // The browser may have gone while we began to watch, and of that no event comes any more.
      if (over || request.signal.aborted) return end();
      request.signal.addEventListener("abort", end, { once: true });
      send(`retry: 2000\ndata: ${first}\n\n`);
    },
    cancel: () => stop(),
  });
}
