import { listen } from "#components/ui/listen.ts";

/** A record's version and who made it; "gone" when there is no such record any more. */
export type Present = { version: number; by: string | null } | "gone";

/** Calls `tell` with what a record is at now and after every change, until the returned function is called. */
export function watchRecord(id: string, tell: (present: Present) => void): () => void {
  return listen<Present>(`/api/live/${id}`, tell, () => tell("gone"));
}
