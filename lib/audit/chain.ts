import { createHash } from "node:crypto";

/**
 * The chain over the history: pure. Each event's hash covers the event and the hash before it, so that nobody can change,
 * remove or reorder one and leave the rest as it was. Events are chained in the order in which they are sealed, soon after
 * they were written: transactions that run side by side cannot know of each other, and must not wait.
 */

/** What an event says, in one spelling (`contentSql` in lib/audit/seal.ts). */
export type Content = string;

/** A place in the chain. `hash` is SHA-256. */
export type Link = { position: number; hash: Buffer };

/** Before the first event. */
export const start: Link = { position: 0, hash: Buffer.alloc(32) };

export function next({ position, hash }: Link, content: Content): Link {
  return { position: position + 1, hash: createHash("sha256").update(hash).update(content, "utf8").digest() };
}

/** A seal with the event that it is of, in the order of positions. Null: the event is gone. */
export type Sealed = { position: number; hash: Buffer; eventId: number; content: Content | null };

export type Finding =
  /** The event or its seal is not what it was. */
  | { kind: "changed"; eventId: number; position: number }
  | { kind: "removed"; eventId: number; position: number }
  /** Seals that are missing in front of this position. */
  | { kind: "sealsRemoved"; position: number }
  /** Written long ago and never sealed. */
  | { kind: "unsealed"; eventId: number }
  /** The chain does not lead through what was exported: it was cut off, or made anew. */
  | { kind: "headMissing"; position: number };

/**
 * Goes along the chain and says what is wrong with it. After something wrong it goes on from what the seal says, so that
 * each fault is told once. @returns the end of the chain
 */
export async function check(
  seals: AsyncIterable<Sealed>,
  { found, head }: { found: (finding: Finding) => void; head?: Link | undefined },
): Promise<Link> {
  let last = start;
  let passed = head === undefined || (head.position === 0 && head.hash.equals(start.hash));
  for await (const { position, hash, eventId, content } of seals) {
    const follows = position === last.position + 1;
    if (!follows) found({ kind: "sealsRemoved", position });
    if (content === null) found({ kind: "removed", eventId, position });
    // Without the seal before it nobody can say whether this one is right.
    else if (follows && !next(last, content).hash.equals(hash)) found({ kind: "changed", eventId, position });
    last = { position, hash };
    if (head && position === head.position) passed = hash.equals(head.hash);
  }
  if (!passed && head) found({ kind: "headMissing", position: head.position });
  return last;
}
