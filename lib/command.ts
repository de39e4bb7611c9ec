import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Change, Context, Outcome } from "#lib/change.ts";
import { enterScope } from "#lib/db.ts";
import { Forbidden, InvalidInput, isAway, isGone, isSerializationFailure, NotFound, Unavailable } from "#lib/errors.ts";
import { tellOfAccess } from "#lib/people/notices.ts";
import { isMember } from "#lib/portfolios/policy.ts";
import { teamToday } from "#lib/team-day.ts";
import { type Tx, writer } from "#lib/writer.ts";
import { Prisma } from "#prisma/generated/client.ts";

export type CommandOptions = {
  now?: Date;
  /** Milliseconds that the transaction may take, where it is long work that nobody waits for. */
  timeout?: number;
};

type Definition<I extends z.ZodType, S, R> = {
  /** Goes into the history: "commitment.assignOwner". */
  verb: string;
  input: I;
  /**
   * `load` locks what it fetches, and `run` sees what others have committed until then: who comes second waits and finds
   * the new version. Without it the transaction sees one moment, and of two writers of a row one is tried again.
   */
  locks?: true;
  /** Fetches what is to be changed, within what the actor may see. Null: not found. */
  load: (context: Context, input: z.output<I>) => Promise<S | null>;
  /** The policy's sentence. */
  allow: (actor: Actor, subject: S, input: z.output<I>) => boolean;
  run: (context: Context, subject: S, input: z.output<I>) => Promise<Outcome<R>>;
};

export type Command<I extends z.ZodType, R> = {
  (actor: Actor, input: unknown, options?: CommandOptions): Promise<R>;
  /** The same inside another command's transaction: checks, history and all. */
  within: (context: Context, input: unknown) => Promise<R>;
  input: I;
  verb: string;
  locks: boolean;
};

/**
 * The only door for domain writes. A command parses its input, opens a transaction, loads the record within the actor's
 * scope, asks the policy, runs, and writes the history in the same transaction (whose trigger tells the listeners).
 * A command that changes nothing writes no history. Serialization failures and deadlocks are tried again, so `run` must
 * do nothing but use `tx`.
 *
 * @throws InvalidInput, NotFound, Forbidden, Conflict, RuleBroken, Unavailable
 */
export function command<I extends z.ZodType, S, R>(definition: Definition<I, S, R>): Command<I, R> {
  const within = async (context: Context, raw: unknown): Promise<R> => {
    const input = parse(definition.input, raw);
    const subject = await definition.load(context, input);
    if (subject === null || !isThere(context.actor, input) || !isThere(context.actor, subject)) throw new NotFound();
    if (!definition.allow(context.actor, subject, input)) throw new Forbidden();
    const { changed, result } = await definition.run(context, subject, input);
    await record(context, definition.verb, changed);
    return result;
  };
  const run = async (actor: Actor, raw: unknown, options: CommandOptions = {}) => {
    // Before a transaction is opened: most bad input never reaches the database.
    parse(definition.input, raw);
    const now = options.now ?? new Date();
    const isolationLevel = definition.locks ? ReadCommitted : RepeatableRead;
    const work = (tx: Tx) => within({ tx, actor, now, today: teamToday(now), batchId: null }, raw);
    return transaction(isolationLevel, actor, work, options.timeout);
  };
  const { input, verb, locks = false } = definition;
  return Object.assign(run, { within, input, verb, locks });
}

/** What belongs to a portfolio is not there for who is no member of it, whatever a policy says. */
function isThere(actor: Actor, of: unknown): boolean {
  const portfolioId = typeof of === "object" && of !== null && "portfolioId" in of ? of.portfolioId : null;
  return typeof portfolioId !== "string" || isMember(actor, portfolioId);
}

function parse<I extends z.ZodType>(schema: I, raw: unknown): z.output<I> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  // Names come from outside: a Map has none of its own.
  const fields = new Map<string, string[]>();
  for (const issue of parsed.error.issues) {
    const unknown = issue.code === "unrecognized_keys";
    const paths = unknown ? issue.keys.slice(0, 10).map((key) => [...issue.path, key.slice(0, 100)]) : [issue.path];
    for (const path of paths.map((parts) => parts.map(String).join(".") || "form"))
      fields.set(path, [...(fields.get(path) ?? []), unknown ? "errors.unknownParameter" : issue.message]);
  }
  throw new InvalidInput(Object.fromEntries(fields));
}

async function record(context: Context, verb: string, changed: readonly Change[]): Promise<void> {
  const { actor, tx, now } = context;
  const told = changed.filter((change) => Object.keys(change.changes).length > 0);
  // What one command did to several records belongs together, too.
  const batchId = context.batchId ?? (told.length > 1 ? randomUUID() : null);
  const data = told.map((change) => ({
    at: now,
    portfolioId: change.portfolioId,
    actorId: actor.id,
    actorName: actor.name,
    verb,
    subjectType: change.type,
    subjectId: change.id,
    changes: change.changes as unknown as Prisma.InputJsonValue,
    batchId,
    requestId: actor.requestId,
  }));
  if (data.length === 0) return;
  await tx.auditEvent.createMany({ data });
  await tellOfAccess(context, verb, told);
}

const tries = 5;

const { ReadCommitted, RepeatableRead } = Prisma.TransactionIsolationLevel;

async function transaction<R>(
  isolationLevel: Prisma.TransactionIsolationLevel,
  actor: Actor,
  work: (tx: Tx) => Promise<R>,
  timeout = 120_000,
): Promise<R> {
  const asActor = async (tx: Tx) => {
    await tx.$executeRaw(Prisma.raw(enterScope(actor.scope)));
    return work(tx);
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await writer().$transaction(asActor, {
        isolationLevel,
        maxWait: 10_000,
        timeout,
      });
    } catch (error) {
      if (isAway(error)) throw new Unavailable("the database does not answer", { cause: error });
      if (isGone(error)) throw new NotFound("gone meanwhile", { cause: error });
      if (!isSerializationFailure(error)) throw error;
      if (attempt === tries) throw new Unavailable("others are writing the same", { cause: error });
      // Spread the next tries out, so that two that met do not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}
