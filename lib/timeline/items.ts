import type { TimelineGroup, TimelineRow } from "./row.ts";

/** The lines of a timeline's table, and the way from one record to another by keys: pure. */

export type Item = { kind: "group"; group: TimelineGroup } | { kind: "row"; id: string; row: TimelineRow };

/** Each group's name, then its records. */
export function itemsOf(groups: readonly TimelineGroup[]): Item[] {
  return groups.flatMap((group): Item[] => [
    { kind: "group", group },
    ...group.rows.map((row): Item => ({ kind: "row", id: `${group.value} ${row.reference}`, row })),
  ]);
}

/** The record that a key leads to; null where the key is none of ours. */
export function nextOf(key: string, items: readonly Item[], active: number): number | null {
  const isRow = (at: number) => items[at]?.kind === "row";
  const walk = (from: number, by: 1 | -1) => {
    for (let at = from; at >= 0 && at < items.length; at += by) if (isRow(at)) return at;
    return active;
  };
  switch (key) {
    case "ArrowDown":
      return walk(active + 1, 1);
    case "ArrowUp":
      return walk(active - 1, -1);
    case "Home":
      return walk(0, 1);
    case "End":
      return walk(items.length - 1, -1);
    default:
      return null;
  }
}
