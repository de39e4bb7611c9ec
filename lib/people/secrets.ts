import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, safe in a URL. Kept only as hashSecret() of it (lib/actor.ts). `prefix` makes a leaked one findable. */
export function newSecret(prefix = ""): string {
  return prefix + randomBytes(32).toString("base64url");
}

/** API tokens begin with this. */
export const tokenPrefix = "kept_";

/** An account's name in counters and in the history of refusals: tells repeated tries apart, and nothing else. */
export function accountOf(email: string): string {
  return createHash("sha256").update(email).digest("base64url").slice(0, 22);
}
