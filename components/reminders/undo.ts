import type { ActionResult } from "#lib/action.ts";

/** What was done last in the inbox, and how to take it back. */
type Undo = { said: string; undone: string; undo: () => Promise<ActionResult<unknown>> };

let last: Undo | null = null;
const listeners = new Set<() => void>();

/** Says what was done; null: nothing can be taken back any more. */
export function offerUndo(next: Undo | null): void {
  last = next;
  for (const listener of listeners) listener();
}

/** For `useSyncExternalStore`. */
export const undoStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => last,
  none: (): Undo | null => null,
};
