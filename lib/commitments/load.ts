import type { z } from "zod";
import { type Change, type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict } from "#lib/errors.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { may, type Owned, type Verb } from "./policy.ts";

/** What every edit of a commitment needs first: its version, its own fields and who may touch it. */
const withOwner = {
  include: { owner: { select: { agencyId: true, name: true } } },
} satisfies Prisma.CommitmentDefaultArgs;

export type Loaded = Prisma.CommitmentGetPayload<typeof withOwner> & Owned;

/** The record, locked until the transaction ends, or null if there is none that the actor may see. */
export async function loadCommitment({ tx }: Context, id: string): Promise<Loaded | null> {
  await tx.$queryRaw`SELECT FROM commitment WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = await tx.commitment.findUnique({ where: { id }, ...withOwner });
  return row && { ...row, ownerAgencyId: row.owner?.agencyId ?? null };
}

/** An edit's effect: the columns to write and what the history says of it. */
type Edit = { data: Prisma.CommitmentUncheckedUpdateInput; changes: Changes };

/** What an edit's caller gets: the version to send with the next one. */
export type Edited = { id: string; version: number };

/**
 * A command on one commitment: loads it, refuses a stale version with the values that stand there now, asks the policy,
 * and writes the columns, the next version and the history together. `edit` may write other tables through `context.tx`;
 * it is called only for a current version. An edit without changes writes nothing and keeps the version.
 *
 * `theirs` says which present values a conflict shows; by default the fields of the input that the record has.
 */
export function edit<I extends z.ZodType<{ id: string; version: number }>>(
  verb: string,
  needs: Exclude<Verb, "create">,
  input: I,
  apply: (context: Context, record: Loaded, input: z.output<I>) => Promise<Edit>,
  theirs: (context: Context, record: Loaded, input: z.output<I>) => Promise<Record<string, unknown>> = presentValues,
) {
  return command({
    verb: `commitment.${verb}`,
    input,
    locks: true,
    load: (context, { id }) => loadCommitment(context, id),
    allow: (actor, record) => may(actor, needs, record),
    run: async (context, record, input) => {
      const { tx, now } = context;
      if (record.version !== input.version) throw new Conflict(record.version, await theirs(context, record, input));
      const { data, changes } = await apply(context, record, input);
      if (Object.keys(changes).length === 0) return { changed: [], result: edited(record, record.version) };
      const { count } = await tx.commitment.updateMany({
        where: { id: record.id, version: record.version },
        data: { ...data, version: { increment: 1 }, updatedAt: now },
      });
      // The row is locked since it was loaded.
      if (count === 0) throw new Error(`commitment ${record.id} changed under its lock`);
      return { changed: [changeOf(record, changes)], result: edited(record, record.version + 1) };
    },
  });
}

const edited = (record: Loaded, version: number): Edited => ({ id: record.id, version });

/** The history entry of a commitment. */
export function changeOf(record: { id: string; portfolioId: string }, changes: Changes): Change {
  return { type: "commitment", id: record.id, portfolioId: record.portfolioId, changes };
}

/** Sets columns to the input's values: the whole of a simple edit. */
export function setColumns<K extends keyof Loaded & keyof Prisma.CommitmentUncheckedUpdateInput>(
  record: Loaded,
  values: Pick<Prisma.CommitmentUncheckedUpdateInput, K>,
): Edit {
  const before = Object.fromEntries(Object.keys(values).map((column) => [column, record[column as K]]));
  return { data: values, changes: changesBetween(before, values) };
}

async function presentValues(_context: Context, record: Loaded, input: Record<string, unknown>) {
  const { id: _id, version: _version, ...wanted } = input;
  return Object.fromEntries(
    Object.keys(wanted)
      .filter((field) => field in record)
      .map((field) => [field, record[field as keyof Loaded]]),
  );
}
