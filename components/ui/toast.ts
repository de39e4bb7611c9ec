export type Toast = { id: number; tone: "positive" | "critical" | "info"; text: string };

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says something in a corner of the page and to screen readers; already translated. Returns its id. */
export function showToast(text: string, tone: Toast["tone"] = "positive"): number {
  lastId += 1;
  set([...toasts.slice(-3), { id: lastId, tone, text }]);
  return lastId;
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** For `useSyncExternalStore`. */
export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => toasts,
  none: (): readonly Toast[] => noToasts,
};

const noToasts: readonly Toast[] = [];
