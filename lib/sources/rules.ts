import type { Paragraph } from "./schema.ts";

/** Whether anything in the register rests on a paragraph. */
export function isUsed({ commitments, meetings, figures, errata }: Paragraph): boolean {
  return commitments.length + meetings.length + figures.length + errata.length > 0;
}

/** A paragraph on which nothing rests, and nobody has said why: perhaps a promise that was overlooked. */
export function isGap(line: Paragraph): boolean {
  return !isUsed(line) && line.silent === null;
}
