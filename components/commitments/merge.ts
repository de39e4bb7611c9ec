/** Three versions of a form's values: as it began, as somebody saved meanwhile, and as they stand in the form. */
type Versions = Record<"seen" | "theirs" | "mine", Record<string, unknown>>;

/** Of these fields, what only they have changed, which goes together with ours, and what both have, differently. */
export function merge(names: readonly string[], { seen, theirs, mine }: Versions) {
  const changed = names.filter((name) => !same(theirs[name], seen[name]) && !same(theirs[name], mine[name]));
  const clashing = changed.filter((name) => !same(mine[name], seen[name]));
  return { taken: changed.filter((name) => !clashing.includes(name)), clashing };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a, plain) === JSON.stringify(b, plain);

/** An empty box, or empty boxes for each language, say no more than nothing; and the database keeps no order of keys. */
function plain(_key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return value || null;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.every(([, each]) => !each) ? null : Object.fromEntries(entries);
}
