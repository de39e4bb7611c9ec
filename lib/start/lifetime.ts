/** What a running command may hang its ending on. */
export type Life = {
  /** Aborted when the command is told to end. */
  signal: AbortSignal;
  /** Resolves when the command is told to end. */
  told: Promise<void>;
  /** Runs at the end, whatever ended the work; the last one given runs first. */
  atEnd(cleanup: () => Promise<void>): void;
  /** Waits for what `starting` makes, and sees to it that `end` undoes it at the end. */
  until<T>(starting: Promise<T>, end: (made: T) => Promise<void>): Promise<T>;
};

/**
 * Runs `work` until it is done or the process is told to end (Ctrl-C, SIGTERM, or its parent is gone), then what it left to
 * be done at the end. A process that was told to end exits with code 0.
 */
export async function lifetime(log: (line: string) => void, work: (life: Life) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const { promise: told, resolve: tell } = Promise.withResolvers<void>();
  const cleanups: (() => Promise<void>)[] = [];
  const atEnd = (cleanup: () => Promise<void>) => void cleanups.unshift(cleanup);
  const until = <T>(starting: Promise<T>, undo: (made: T) => Promise<void>) => {
    // Told to end while it is being made, we wait for it, to undo it. What could not be made needs no undoing.
    atEnd(() => starting.then(undo, () => {}));
    return starting;
  };
  const end = () => {
    // Ctrl-C reaches us twice, from the terminal and from npm.
    if (controller.signal.aborted) return;
    log("Stopping ...");
    controller.abort();
    tell();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  const stopWatching = watchParent(end);
  try {
    await Promise.race([work({ signal: controller.signal, told, atEnd, until }), told]);
  } finally {
    for (const cleanup of cleanups) {
      await cleanup().catch((error) => console.error(error));
    }
    stopWatching();
  }
  if (controller.signal.aborted) process.exit(0);
}

/** Not every parent passes signals on: npm's shell dies without a word, and one that was killed outright cannot. */
function watchParent(gone: () => void): () => void {
  process.once("disconnect", gone);
  const parent = process.ppid;
  const underNpm = process.env.npm_lifecycle_event !== undefined;
  const timer = setInterval(() => underNpm && process.ppid !== parent && gone(), 250).unref();
  return () => clearInterval(timer);
}
