import { type Change, type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { boundsOf } from "#lib/commitments/commands.ts";
import { changeOf } from "#lib/commitments/load.ts";
import { RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { revise } from "#lib/parties/revising.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import type { Commitment, Indicator, Prisma, Target } from "#prisma/generated/client.ts";
import { correctGoalInput, goalInput, withdrawInput } from "./schema.ts";

/** The numbers that commitments promise. Each is in the history of its indicator and of its commitment. */

/** Says which number a commitment promises for an indicator, which measures it from then on. There is one for each. */
export const recordTarget = command({
  verb: "indicator.recordTarget",
  input: goalInput,
  locks: true,
  load: async ({ tx }, { indicatorId }) => {
    // Nobody else gives it a target at the same moment.
    await tx.$queryRaw`SELECT FROM indicator WHERE id = ${indicatorId}::uuid FOR NO KEY UPDATE`;
    return tx.indicator.findUnique({ where: { id: indicatorId } });
  },
  allow: (actor, { portfolioId }) => may(actor, "record", portfolioId),
  run: async (context, indicator, { indicatorId, commitmentId, ...goal }) => {
    const { tx } = context;
    const { portfolioId, id, key } = indicator;
    const commitment = await tx.commitment.findFirst({ where: { id: commitmentId, portfolioId } });
    if (!commitment) throw new RuleBroken("errors.noSuchRecord");
    const where = { commitmentId_indicatorId: { commitmentId, indicatorId } };
    if ((await tx.target.count({ where: { indicatorId, commitmentId } })) > 0)
      throw new RuleBroken("errors.targetTaken");
    const keys = await checkPlaces(context, portfolioId, [goal]);
    await tx.commitmentIndicator.upsert({ where, create: { commitmentId, indicatorId }, update: {} });
    const row = await tx.target.create({
      data: { ...goal, indicatorId, commitmentId, latest: boundsOf(goal.edtf).latest },
      select: { id: true, version: true },
    });
    const { sourceId, ...own } = goal;
    const told = { ...own, source: keys.get(sourceId) ?? null };
    return {
      changed: [
        {
          type: "indicator",
          id,
          portfolioId,
          changes: { target: [null, { ...told, commitment: commitment.reference }] },
        },
        await alsoOf(context, commitment, { target: [null, { ...told, indicator: key }] }),
      ],
      result: row,
    };
  },
});

type Loaded = Target & { indicator: Indicator; commitment: Commitment; source: string };

const targets = {
  load: async ({ tx }: Context, id: string): Promise<Loaded | null> => {
    await tx.$queryRaw`SELECT FROM target WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.target.findUnique({ where: { id } });
    if (!row) return null;
    const indicator = await tx.indicator.findUniqueOrThrow({ where: { id: row.indicatorId } });
    const commitment = await tx.commitment.findUniqueOrThrow({ where: { id: row.commitmentId } });
    const { key: source } = await tx.source.findUniqueOrThrow({ where: { id: row.sourceId } });
    return { ...row, indicator, commitment, source };
  },
  write: ({ tx }: Context, id: string, data: Prisma.TargetUncheckedUpdateInput) =>
    tx.target.update({ where: { id }, data }),
  subject: ({ indicatorId, indicator }: Loaded) => ({
    type: "indicator" as const,
    id: indicatorId,
    portfolioId: indicator.portfolioId,
  }),
};

/** Mends a target that was entered wrong, or that the two sides have changed, with the reason. */
export const correctTarget = revise(
  targets,
  "indicator.correctTarget",
  correctGoalInput,
  async (context, row, { id: _id, version: _version, reason, ...goal }) => {
    const keys = await checkPlaces(context, row.indicator.portfolioId, [goal]);
    const { sourceId, ...own } = goal;
    const sides = changesBetween({ target: present(row) }, { target: { ...own, source: keys.get(sourceId) ?? null } });
    if (!sides.target) return { data: null, changes: {} };
    const [before, after] = sides.target as [object, object];
    return {
      data: { ...goal, latest: boundsOf(goal.edtf).latest },
      ...(await inBoth(context, row, { before, after, reason })),
    };
  },
  theirs,
);

/** Takes away a target that nobody promised, with the reason. */
export const withdrawTarget = revise(
  targets,
  "indicator.withdrawTarget",
  withdrawInput,
  async (context, row, { reason }) => {
    await context.tx.target.delete({ where: { id: row.id } });
    return { data: null, ...(await inBoth(context, row, { before: present(row), after: null, reason })) };
  },
  theirs,
);

type Sides = { before: object; after: object | null; reason: string };

/** What the indicator's history says of it, and the commitment's. */
async function inBoth(context: Context, row: Loaded, { before, after, reason }: Sides) {
  const told = (of: object): Changes => ({
    target: [{ ...before, ...of }, after && { ...after, ...of }],
    reason: [null, reason],
  });
  return {
    changes: told({ commitment: row.commitment.reference }),
    also: [await alsoOf(context, row.commitment, told({ indicator: row.indicator.key }))],
  };
}

/** The commitment is another one with another target: it gets its next version, and who has it open sees it. */
async function alsoOf(
  { tx, now }: Context,
  record: { id: string; portfolioId: string },
  changes: Changes,
): Promise<Change> {
  await tx.commitment.update({ where: { id: record.id }, data: { version: { increment: 1 }, updatedAt: now } });
  return changeOf(record, changes);
}

const present = ({ value, phrase, edtf, paragraph, source }: Loaded) => ({
  value: value.toNumber(),
  phrase,
  edtf,
  paragraph,
  source,
});

function theirs(row: Loaded) {
  const { source: _source, ...rest } = present(row);
  return { ...rest, sourceId: row.sourceId };
}
