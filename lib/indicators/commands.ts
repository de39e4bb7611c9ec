import { changesBetween, command } from "#lib/command.ts";
import { boundsOf } from "#lib/commitments/commands.ts";
import { RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import { goalInput, indicatorInput } from "./schema.ts";

/** Enters an indicator with its figures, each with the place where it is said. */
export const recordIndicator = command({
  verb: "indicator.record",
  input: indicatorInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor) => may(actor, "record"),
  run: async (context, _portfolio, input) => {
    const { tx } = context;
    const { observations, ...own } = input;
    const { portfolioId, key, ...told } = input;
    if ((await tx.indicator.count({ where: { portfolioId, key } })) > 0) throw new RuleBroken("errors.keyTaken");
    await checkPlaces(context, portfolioId, observations);
    const { id } = await tx.indicator.create({
      data: {
        ...own,
        observations: {
          createMany: {
            data: observations.map(({ inferred, note, ...figure }) => ({
              ...figure,
              ...boundsOf(figure.edtf),
              inferred: inferred ?? undefined,
              note: note ?? undefined,
            })),
          },
        },
      },
      select: { id: true },
    });
    return {
      changed: [{ type: "indicator", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id },
    };
  },
});

/** Says which number a commitment promises for an indicator. There is one for each, and it is not changed quietly. */
export const recordTarget = command({
  verb: "indicator.recordTarget",
  input: goalInput,
  load: ({ tx }, { indicatorId }) => tx.indicator.findUnique({ where: { id: indicatorId } }),
  allow: (actor) => may(actor, "record"),
  run: async (context, indicator, input) => {
    const { tx } = context;
    const { portfolioId, id } = indicator;
    const commitment = await tx.commitment.findFirst({
      where: { id: input.commitmentId, portfolioId },
      select: { reference: true },
    });
    if (!commitment) throw new RuleBroken("errors.noSuchRecord");
    const { indicatorId, commitmentId, ...own } = input;
    if ((await tx.target.count({ where: { indicatorId, commitmentId } })) > 0) throw new RuleBroken("errors.keyTaken");
    await checkPlaces(context, portfolioId, [input]);
    await tx.target.create({ data: { ...input, latest: boundsOf(input.edtf).latest } });
    const target = { ...own, commitment: commitment.reference };
    return { changed: [{ type: "indicator", id, portfolioId, changes: { target: [null, target] } }], result: { id } };
  },
});
