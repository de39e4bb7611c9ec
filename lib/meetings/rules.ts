import type { Bounds, Day } from "#lib/dates.ts";

/** Whether a meeting is certainly still to come: the first day that its date allows lies ahead. */
export function isAhead({ earliest }: Pick<Bounds, "earliest">, today: Day): boolean {
  return earliest !== null && earliest > today;
}
