import type { Actor } from "#lib/actor.ts";

/** May the actor see and change what is sent without anybody asking, and try it on themselves? A manager may: it names people and addresses. */
export function may(actor: Actor, _verb: "see" | "edit" | "try"): boolean {
  return actor.role === "manager" || actor.role === "admin";
}
