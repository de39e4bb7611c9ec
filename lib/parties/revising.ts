import type { z } from "zod";
import type { Change, Changes, Context, SubjectType } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict } from "#lib/errors.ts";
import { slugOf, type Texts } from "#lib/text.ts";
import { may } from "./policy.ts";

/** Entering and revising what the records refer to: sources, meetings, indicators with their figures, parties, places. */

/** A sort of thing that is revised. `D` is what of a row can be written. */
type Noun<S, D> = {
  /** The row, locked until the transaction ends. */
  load: (context: Context, id: string) => Promise<S | null>;
  write: (context: Context, id: string, data: D & { version: { increment: 1 } }) => Promise<unknown>;
  /** In whose history it stands. */
  subject: (row: S) => { type: SubjectType; id: string; portfolioId: string | null };
};

/** What a revision does: the columns to write (null: the row is gone), and what its history and others' say of it. */
type Revision<D> = { data: D | null; changes: Changes; also?: readonly Change[] };

/** What a revision's caller gets: the version to send with the next one. */
type Revised = { id: string; version: number };

/**
 * A command on one row: refuses a stale version with the values that stand there now, asks the policy, and writes the row,
 * its next version and the history together. One that changes nothing writes nothing and keeps the version.
 */
export function revise<I extends z.ZodType<{ id: string; version: number }>, S extends { version: number }, D>(
  { load, write, subject }: Noun<S, D>,
  verb: string,
  input: I,
  apply: (context: Context, row: S, input: z.output<I>) => Promise<Revision<D>>,
  theirs: (row: S, context: Context) => Record<string, unknown> | Promise<Record<string, unknown>>,
) {
  return command({
    verb,
    input,
    locks: true,
    load: (context, { id }) => load(context, id),
    allow: (actor, row) => may(actor, "record", subject(row).portfolioId),
    run: async (context, row, asked) => {
      const { id, version } = asked;
      if (row.version !== version) throw new Conflict(row.version, await theirs(row, context));
      const { data, changes, also = [] } = await apply(context, row, asked);
      if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } satisfies Revised };
      if (data) await write(context, id, { ...data, version: { increment: 1 } });
      return {
        changed: [{ ...subject(row), changes }, ...also],
        result: { id, version: version + 1 } satisfies Revised,
      };
    },
  });
}

/**
 * The portfolio, locked: whoever else enters something of it waits, so that no two take one key. For commands that lock.
 */
export async function lockPortfolio({ tx }: Context, id: string): Promise<{ id: string } | null> {
  await tx.$queryRaw`SELECT FROM portfolio WHERE id = ${id} FOR NO KEY UPDATE`;
  return tx.portfolio.findUnique({ where: { id }, select: { id: true } });
}

/** A key that nothing else has, made of what a thing is called; `noun` where that has no letter that a key can have. */
export async function freeKey(
  called: Texts,
  noun: string,
  isTaken: (key: string) => Promise<boolean>,
): Promise<string> {
  const stem = slugOf(called.en) || slugOf(called.vi) || noun;
  for (let number = 1; ; number++) {
    const key = number === 1 ? stem : `${stem}-${number}`;
    // An address of its own: where one is added.
    if (key !== "new" && !(await isTaken(key))) return key;
  }
}
