/** A piece of a text that changed: what stayed, what went, what came. */
export type Piece = { kind: "same" | "gone" | "come"; text: string };

const context = 40;

/**
 * What changed between two texts, as pieces in reading order: the words that stayed before and after (long stretches are cut
 * to what is next to the change, with "…"), and between them what went and what came. Whole words, in Lao whole clusters.
 */
export function textDifference(before: string, after: string): Piece[] {
  const [from, to] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const pieces: Piece[] = [
    { kind: "same", text: shortenStart(from.slice(0, start).join("")) },
    { kind: "gone", text: from.slice(start, from.length - end).join("") },
    { kind: "come", text: to.slice(start, to.length - end).join("") },
    { kind: "same", text: shortenEnd(from.slice(from.length - end).join("")) },
  ];
  return pieces.filter(({ text }) => text !== "");
}

// Words with the space after them; Lao is written without spaces, so there the pieces are what a cursor steps over.
const wordsOf = (text: string) => text.match(/\p{Script=Lao}\p{M}*|[^\s\p{Script=Lao}]+\s*|\s+/gu) ?? [];

const shortenStart = (text: string) => (text.length > context * 1.5 ? `…${text.slice(-context)}` : text);
const shortenEnd = (text: string) => (text.length > context * 1.5 ? `${text.slice(0, context)}…` : text);
