import type { Actor } from "#lib/actor.ts";

type LetterVerb = "see" | "send";

/** What people were told, and whether it reached them, is for administrators alone: letters name people and their records. */
export function may(actor: Actor, _verb: LetterVerb): boolean {
  return actor.admin;
}
