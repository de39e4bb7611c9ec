/** How often a browser asks where no stream of events gets through, in milliseconds. */
const pollEvery = 5_000;

/** So many failures in a row, and streams are given up for asking. */
const patience = 3;

/**
 * Calls `tell` with what an address says now and after every change, until the returned function is called; `gone` when
 * there is no such thing any more. A hidden page listens to nothing (browsers allow few streams to one server) and asks
 * again when it is shown.
 */
export function listen<T>(address: string, tell: (present: T) => void, gone: () => void = () => {}): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  function stream() {
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
    else if (answer?.status === 404) return gone();
    // Signed out: nothing more will come.
    else if (answer && answer.status < 500) return;
    timer = setTimeout(poll, pollEvery);
  }

  function onVisibility() {
    clearTimeout(timer);
    source?.close();
    source = null;
    if (document.hidden) return;
    if (failures < patience) stream();
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
