import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { normalPassword } from "./schema.ts";

/** OWASP's parameters for argon2id (the library's algorithm 2): 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(normalPassword(password), argon2id);
}

/** A hash that no password has, so that a sign-in with an unknown address takes as long as one with a known one. */
let nobodysHash: Promise<string> | undefined;
const dummy = () => (nobodysHash ??= hashPassword(randomBytes(32).toString("base64")));

/**
 * Whether the password is the one of the hash. Null is an account that does not exist, is disabled or has no password:
 * the answer is no, after the same work.
 */
export async function verifyPassword(stored: string | null, password: string, check = verify): Promise<boolean> {
  const right = await check(stored ?? (await dummy()), normalPassword(password));
  return right && stored !== null;
}

/** Words that an attacker of this very register tries first. */
const words = ["kept", "register", "vietnam", "viet nam", "laos", "lao", "vientiane", "hanoi", "ha noi", "ministry"];

let checker: Promise<ZxcvbnFactory> | undefined;

// Loaded at first use: the list of common passwords takes memory which a server that nobody changes a password on saves.
async function loadChecker(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  // Longer than this is never weak for being short, and looking for patterns in it would only take time.
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: 64 });
}

/**
 * Why a new password is not good enough, as a message key, or null. There are no rules on kinds of characters: refused is
 * what is on the list of common passwords, what takes fewer than a million guesses, and what is little more than the
 * person's own name or address or the name of the thing.
 */
export async function weaknessOf(password: string, person: { email: string; name: string }): Promise<string | null> {
  const plain = normalPassword(password).toLowerCase();
  const own = [person.email, ...person.email.split(/[@.+_-]/), person.name, ...person.name.split(/\s+/)]
    .map((word) => word.toLowerCase())
    .filter((word) => [...word].length >= 3);
  let rest = plain;
  for (const word of [...own, ...words].sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, "");
  if (rest !== plain && [...rest].length < 6) return "people.errors.passwordPersonal";
  checker ??= loadChecker();
  const { score } = (await checker).check(plain, [...own, ...words]);
  // 2: at least a million guesses. Behind argon2 and ten tries in a quarter of an hour, that is centuries.
  return score < 2 ? "people.errors.passwordCommon" : null;
}
