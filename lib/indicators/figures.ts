import type { z } from "zod";
import { type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { boundsOf } from "#lib/commitments/commands.ts";
import { may } from "#lib/parties/policy.ts";
import { revise } from "#lib/parties/revising.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import { type Observation, Prisma } from "#prisma/generated/client.ts";
import { correctFigureInput, figureInput, type indicatorInput, withdrawInput } from "./schema.ts";

/** Figures of an indicator. They are claims: several of one time stand side by side, and a correction says why. */

type Figure = z.output<typeof indicatorInput>["observations"][number];

/** A figure as columns. */
export const figureColumns = ({ inferred, note, ...figure }: Figure) => ({
  ...figure,
  ...boundsOf(figure.edtf),
  inferred: inferred ?? undefined,
  note: note ?? undefined,
});

/** Enters one more figure, with the place where it is said. */
export const recordFigure = command({
  verb: "indicator.recordFigure",
  input: figureInput,
  load: ({ tx }, { indicatorId }) => tx.indicator.findUnique({ where: { id: indicatorId } }),
  allow: (actor, { portfolioId }) => may(actor, "record", portfolioId),
  run: async (context, { id, portfolioId }, { indicatorId, ...figure }) => {
    const keys = await checkPlaces(context, portfolioId, [figure]);
    const row = await context.tx.observation.create({ data: { indicatorId, ...figureColumns(figure) } });
    const changes = { figure: [null, told(figure, keys)] as const };
    return { changed: [{ type: "indicator", id, portfolioId, changes }], result: { id: row.id, version: row.version } };
  },
});

type Loaded = Observation & { portfolioId: string; source: string };

const figures = {
  load: async ({ tx }: Context, id: string): Promise<Loaded | null> => {
    await tx.$queryRaw`SELECT FROM observation WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.observation.findUnique({ where: { id } });
    if (!row) return null;
    const { portfolioId } = await tx.indicator.findUniqueOrThrow({ where: { id: row.indicatorId } });
    const { key: source } = await tx.source.findUniqueOrThrow({ where: { id: row.sourceId } });
    return { ...row, portfolioId, source };
  },
  write: ({ tx }: Context, id: string, data: Prisma.ObservationUncheckedUpdateInput) =>
    tx.observation.update({ where: { id }, data }),
  subject: ({ indicatorId, portfolioId }: Loaded) => ({ type: "indicator" as const, id: indicatorId, portfolioId }),
};

/** Mends a figure that was entered wrong. What stood there stays in the history, with the reason. */
export const correctFigure = revise(
  figures,
  "indicator.correctFigure",
  correctFigureInput,
  async (context, row, { id: _id, version: _version, reason, ...figure }) => {
    const keys = await checkPlaces(context, row.portfolioId, [figure]);
    const sides = changesBetween({ figure: present(row) }, { figure: told(figure, keys) });
    const { inferred, note, ...columns } = figureColumns(figure);
    return {
      data: { ...columns, inferred: inferred ?? Prisma.DbNull, note: note ?? Prisma.DbNull },
      changes: sides.figure ? { ...sides, reason: [null, reason] } : sides,
    };
  },
  theirs,
);

/** Takes away a figure that should never have been entered. It stays in the history, with the reason. */
export const withdrawFigure = revise(
  figures,
  "indicator.withdrawFigure",
  withdrawInput,
  async ({ tx }, row, { reason }) => {
    await tx.observation.delete({ where: { id: row.id } });
    return { data: null, changes: { figure: [present(row), null], reason: [null, reason] } };
  },
  theirs,
);

/** A figure as the history tells it. */
const told = ({ sourceId, ...figure }: Figure, keys: ReadonlyMap<string, string>) => ({
  ...figure,
  source: keys.get(sourceId) ?? null,
});

const present = ({ value, qualifier, kind, phrase, edtf, inferred, note, paragraph, source }: Loaded) => ({
  value: value.toNumber(),
  qualifier,
  kind,
  phrase,
  edtf,
  inferred,
  note,
  paragraph,
  source,
});

function theirs(row: Loaded) {
  const { source: _source, ...rest } = present(row);
  return { ...rest, sourceId: row.sourceId };
}
