import { pino } from "pino";

export const levels = ["fatal", "error", "warn", "info", "debug", "silent"] as const;

/**
 * What operators read: one line of JSON each, on standard error (standard output is for people). KEPT_LOG is the least level
 * that is written: "warn" unless told otherwise, "info" with every request. No line holds a secret: errors are told by
 * their kind, message and place and not by what else hangs on them, and addresses are written without the secrets in them.
 */
export const log = pino(
  {
    // A start with another word is refused with a sentence (lib/env.ts).
    level: levels.find((level) => level === process.env.KEPT_LOG) ?? "warn",
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    serializers: { err: toldError },
  },
  pino.destination({ dest: 2, sync: true }),
);

type Told = { type: string; message: string; code?: string; stack?: string; cause?: Told };

const longest = 1000;

/** An error without what was being written when it came up: Prisma's and the database's carry whole rows. */
export function toldError(thrown: unknown, depth = 0): Told {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: "" };
  const { name, message, stack, cause } = thrown;
  const { code } = thrown as { code?: unknown };
  // Prisma shows the call with its arguments first, and says what is wrong in the last line.
  const said = name.startsWith("PrismaClient") ? (message.trim().split("\n").at(-1) ?? "") : message;
  return {
    type: name,
    message: said.slice(0, longest),
    ...((typeof code === "string" || typeof code === "number") && { code: String(code) }),
    ...(stack && { stack: framesOf(stack) }),
    ...(cause !== undefined && depth < 3 && { cause: toldError(cause, depth + 1) }),
  };
}

const framesOf = (stack: string) =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20)
    .map((line) => line.trim())
    .join("\n");

/** Addresses that hold a secret: what comes after these is not written. */
const secretPaths = /^\/(setup|set-password|invitation|reset|unsubscribe|api\/unsubscribe|api\/calendar)\/.*/;

/** An address without its query, which may hold what people search for, and without secrets. */
export function loggedPath(url: string): string {
  const path = url.split("?", 1)[0] ?? "/";
  return path.replace(secretPaths, "/$1/*").slice(0, longest);
}
