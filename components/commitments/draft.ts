/** What is typed into a form that has no record yet, kept in this browser tab against loss. */

type Draft<V> = { values: V; names: [string, string][] };

/** The draft kept at that place, if it is one for that portfolio; broken ones count as none. */
export function readDraft<V extends { portfolioId: string }>(place: string, portfolio: string): Draft<V> | null {
  try {
    const draft: Draft<V> = JSON.parse(sessionStorage.getItem(place) ?? "null");
    return draft?.values.portfolioId === portfolio && Array.isArray(draft.names) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps it. A browser that keeps nothing is no reason to stop typing. */
export function writeDraft(place: string, values: unknown, names: ReadonlyMap<string, string>): void {
  try {
    sessionStorage.setItem(place, JSON.stringify({ values, names: [...names] }));
  } catch {
    // Full, or forbidden.
  }
}

export function clearDraft(place: string): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Forbidden: then there is none.
  }
}
