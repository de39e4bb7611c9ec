import { type Context, changesBetween, languageChanges } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { freeKey, lockPortfolio, revise } from "#lib/parties/revising.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import type { Texts } from "#lib/text.ts";
import type { Indicator, Prisma } from "#prisma/generated/client.ts";
import { figureColumns } from "./figures.ts";
import { editIndicatorInput, indicatorInput } from "./schema.ts";

/** Enters an indicator with its figures, each with the place where it is said. */
export const recordIndicator = command({
  verb: "indicator.record",
  input: indicatorInput,
  locks: true,
  load: (context, { portfolioId }) => lockPortfolio(context, portfolioId),
  allow: (actor, { id }) => may(actor, "record", id),
  run: async (context, _portfolio, input) => {
    const { tx } = context;
    const { observations, ...own } = input;
    const { portfolioId, key: wanted, ...told } = input;
    const isTaken = async (key: string) => (await tx.indicator.count({ where: { portfolioId, key } })) > 0;
    const key = wanted ?? (await freeKey(input.name, "indicator", isTaken));
    if (wanted !== null && (await isTaken(wanted))) throw new RuleBroken("errors.keyTaken");
    await checkPlaces(context, portfolioId, observations);
    const { id } = await tx.indicator.create({
      data: { ...own, key, observations: { createMany: { data: observations.map(figureColumns) } } },
      select: { id: true },
    });
    return {
      changed: [{ type: "indicator", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id, key },
    };
  },
});

const indicators = {
  load: async ({ tx }: Context, id: string) => {
    await tx.$queryRaw`SELECT FROM indicator WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.indicator.findUnique({ where: { id } });
  },
  write: ({ tx }: Context, id: string, data: Prisma.IndicatorUpdateInput) =>
    tx.indicator.update({ where: { id }, data }),
  subject: ({ id, portfolioId }: Indicator) => ({ type: "indicator" as const, id, portfolioId }),
};

/** Changes what is measured. Another unit would make other claims of the figures that are there. */
export const editIndicator = revise(
  indicators,
  "indicator.edit",
  editIndicatorInput,
  async ({ tx }, indicator, { name, unit, direction }) => {
    const where = { indicatorId: indicator.id };
    if (unit !== indicator.unit && (await tx.observation.count({ where })) + (await tx.target.count({ where })) > 0)
      throw new InvalidInput({ unit: ["errors.unitInUse"] });
    return {
      data: { name, unit, direction },
      changes: {
        ...languageChanges("name", indicator.name as Texts, name),
        ...changesBetween({ unit: indicator.unit, direction: indicator.direction }, { unit, direction }),
      },
    };
  },
  ({ name, unit, direction }) => ({ name, unit, direction }),
);
