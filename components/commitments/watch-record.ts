/** How often a browser asks where no stream of events gets through, in milliseconds. */
const pollEvery = 5_000;

/** So many failures in a row, and streams are given up for asking. */
const patience = 3;

/** A record's version and who made it; "gone" when there is no such record any more. */
export type Present = { version: number; by: string | null } | "gone";

/**
 * Calls `tell` with what a record is at now and after every change, until the returned function is called. A hidden page
 * listens to nothing (browsers allow few streams to one server) and asks again when it is shown.
 */
export function watchRecord(id: string, tell: (present: Present) => void): () => void {
  const address = `/api/live/${id}`;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  function listen() {
    source = new EventSource(address);
    source.onmessage = (event) => {
      failures = 0;
      tell(JSON.parse(event.data));
    };
    source.onerror = () => {
      failures += 1;
      // The browser tries again by itself unless the answer was no stream at all.
      if (failures < patience && source?.readyState !== EventSource.CLOSED) return;
      source?.close();
      source = null;
      poll();
    };
  }

  async function poll() {
    clearTimeout(timer);
    if (ended || document.hidden) return;
    const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
    if (ended) return;
    if (answer?.ok) tell(await answer.json());
    else if (answer?.status === 404) return tell("gone");
    // Signed out: nothing more will come.
    else if (answer && answer.status < 500) return;
    timer = setTimeout(poll, pollEvery);
  }

  function onVisibility() {
    clearTimeout(timer);
    source?.close();
    source = null;
    if (document.hidden) return;
    if (failures < patience) listen();
    else poll();
  }

  document.addEventListener("visibilitychange", onVisibility);
  onVisibility();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
    document.removeEventListener("visibilitychange", onVisibility);
  };
}
