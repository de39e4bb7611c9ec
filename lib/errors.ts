/**
 * What can go wrong in a command or a query, by name. Each carries a message key (lib/i18n/messages, `errors.*`), never
 * a sentence; lib/action.ts and the API turn them into a person's language and an HTTP status.
 */
export abstract class KeptError extends Error {
  abstract readonly status: number;
  abstract readonly key: string;
}

/** The input does not fit its schema. `fields` maps a path such as "deadline.edtf" to message keys. */
export class InvalidInput extends KeptError {
  readonly status = 422;
  readonly key = "errors.invalid";
  readonly fields: Record<string, string[]>;
  constructor(fields: Record<string, string[]>) {
    super(`invalid input: ${Object.keys(fields).join(", ")}`);
    this.fields = fields;
  }
}

/** Nobody is signed in, or the session or token is over. */
export class NotSignedIn extends KeptError {
  readonly status = 401;
  readonly key = "errors.notSignedIn";
}

/** The actor may see the record but not do this with it. */
export class Forbidden extends KeptError {
  readonly status = 403;
  readonly key = "errors.forbidden";
}

/** Something sensitive: the person has to show again who they are, and may then do it. */
export class ConfirmFirst extends KeptError {
  readonly status = 403;
  readonly key = "errors.confirmFirst";
}

/** There is no such record within what the actor may see. */
export class NotFound extends KeptError {
  readonly status = 404;
  readonly key = "errors.notFound";
}

/**
 * Somebody saved meanwhile. `theirs` is the record's present values of the fields that the edit wanted to change, and
 * `version` the one to send if the person decides to overwrite them.
 */
export class Conflict extends KeptError {
  readonly status = 409;
  readonly key = "errors.conflict";
  readonly version: number;
  readonly theirs: Record<string, unknown>;
  constructor(version: number, theirs: Record<string, unknown>) {
    super("changed meanwhile");
    this.version = version;
    this.theirs = theirs;
  }
}

/** A rule of the domain says no, e.g. a record made under itself. `key` names the rule. */
export class RuleBroken extends KeptError {
  readonly status = 422;
  readonly key: string;
  constructor(key: string) {
    super(key);
    this.key = key;
  }
}

/** Too many tries; `retryAfter` in seconds. `first`: this try was the one that was too many. */
export class TooMany extends KeptError {
  readonly status = 429;
  readonly key = "errors.tooMany";
  readonly retryAfter: number;
  readonly first: boolean;
  constructor(retryAfter: number, first = false) {
    super("too many tries");
    this.retryAfter = retryAfter;
    this.first = first;
  }
}

/** The database is away, or full. Nothing was saved. */
export class Unavailable extends KeptError {
  readonly status = 503;
  readonly key = "errors.unavailable";
}

/** What went wrong, in one message key: of bad input, what is wrong with it. */
export function reasonOf(error: unknown): string {
  if (error instanceof InvalidInput) return Object.values(error.fields)[0]?.[0] ?? error.key;
  return error instanceof KeptError ? error.key : "errors.unexpected";
}

/** PostgreSQL's code behind Prisma's error: 40001 serialization failure, 40P01 deadlock (Prisma's P2034 for both). */
export function isSerializationFailure(error: unknown): boolean {
  return hasCode(error, new Set(["P2034", "40001", "40P01"]));
}

/** What was to be changed is gone: somebody took it away between our look at it and now (Prisma's P2025). */
export function isGone(error: unknown): boolean {
  return hasCode(error, new Set(["P2025"]));
}

/** What the driver says without a code: no connection of the pool came free in time, or one was cut. */
const withoutCode =
  /^(?:timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|Client (?:was closed|has encountered))/;

/** Connection refused or cut, server starting or stopping, disk full, pool exhausted. */
export function isAway(error: unknown): boolean {
  if (error instanceof Error && withoutCode.test(error.message)) return true;
  return hasCode(
    error,
    new Set([
      "P1001",
      "P1002",
      "P1008",
      "P1017",
      "P2024",
      "P2028",
      "ECONNREFUSED",
      "CONNECT_TIMEOUT",
      "CONNECTION_CLOSED",
      "CONNECTION_ENDED",
      "CONNECTION_DESTROYED",
      "ECONNRESET",
      "EPIPE",
      "ETIMEDOUT",
      "57P01",
      "57P02",
      "57P03",
      "53100",
      "53300",
    ]),
  );
}

function hasCode(error: unknown, codes: ReadonlySet<string>, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 4) return false;
  const { code, originalCode, cause, meta } = error as Record<string, unknown>;
  return (
    (typeof code === "string" && codes.has(code)) ||
    (typeof originalCode === "string" && codes.has(originalCode)) ||
    hasCode(cause, codes, depth + 1) ||
    hasCode((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, codes, depth + 1)
  );
}
