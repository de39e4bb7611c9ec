/** What in the register rests on a paragraph. */
type Resting = Record<"commitments" | "meetings" | "figures" | "errata", readonly unknown[]>;

/** Whether anything in the register rests on a paragraph. */
export function isUsed({ commitments, meetings, figures, errata }: Resting): boolean {
  return commitments.length + meetings.length + figures.length + errata.length > 0;
}

/** A paragraph on which nothing rests, and nobody has said why: perhaps a promise that was overlooked. */
export function isGap(line: Resting & { silent: unknown }): boolean {
  return !isUsed(line) && line.silent === null;
}

/** Most paragraphs that are named at once. */
const most = 1000;

/** The paragraphs that a text names, "1-3, 7", each once and in order; null where it can't be read, or names too many. */
export function paragraphsIn(text: string): number[] | null {
  const found = new Set<number>();
  for (const part of text.slice(0, 10_000).split(/[,;]/)) {
    const [, from, to = from] = /^\s*(\d{1,6})(?:\s*[-–—]\s*(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) - Number(from) >= most) return null;
    for (let number = Number(from); number <= Number(to); number++) found.add(number);
    if (found.size > most) return null;
  }
  return [...found].sort((a, b) => a - b);
}

/** Numbers in order as people write them: 1, 2, 3, 7 is "1-3, 7". */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
