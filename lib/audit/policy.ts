import type { Actor } from "#lib/actor.ts";

/** The whole history, with who signed in from where, is for administrators alone. A record's own history is everybody's. */
export function may(actor: Actor, _verb: "search"): boolean {
  return actor.admin;
}
