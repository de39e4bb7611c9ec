import { z } from "zod";
import { sql } from "#lib/db.ts";

/**
 * Who changed what, as it happens: PostgreSQL tells every process of the app (LISTEN/NOTIFY, from the trigger on the
 * history), and each passes it on to the browsers that look at that record. One connection a process, however many look.
 */

const told = z.object({ type: z.string(), id: z.string(), event: z.number() });

type Listener = (event: number) => void;

const kept = globalThis as { keptLive?: { listeners: Map<string, Set<Listener>>; listening: Promise<unknown> | null } };

/** Calls `listener` with the id of each new history entry of the subject, until the returned function is called. */
export async function watch(subjectId: string, listener: Listener): Promise<() => void> {
  kept.keptLive ??= { listeners: new Map(), listening: null };
  const live = kept.keptLive;
  const listeners = live.listeners.get(subjectId) ?? new Set();
  listeners.add(listener);
  live.listeners.set(subjectId, listeners);
  const stop = () => {
    listeners.delete(listener);
    if (listeners.size === 0 && live.listeners.get(subjectId) === listeners) live.listeners.delete(subjectId);
  };
  // postgres.js connects again by itself; what was missed meanwhile the browser finds by asking for the version.
  live.listening ??= sql.listen("kept_changes", (payload) => {
    const { id, event } = told.parse(JSON.parse(payload));
    for (const each of live.listeners.get(id) ?? []) each(event);
  });
  try {
    await live.listening;
  } catch (error) {
    live.listening = null;
    stop();
    throw error;
  }
  return stop;
}
