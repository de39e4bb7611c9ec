import { changesBetween, command } from "#lib/command.ts";
import { boundsOf } from "#lib/commitments/commands.ts";
import { RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { sourceInput } from "./schema.ts";

/** Enters a document with its errata. The document itself is not kept: only what is known of it. */
export const recordSource = command({
  verb: "source.record",
  input: sourceInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor) => may(actor, "record"),
  run: async ({ tx }, _portfolio, input) => {
    const { errata, inferred, ...own } = input;
    const { portfolioId, key, ...told } = input;
    if ((await tx.source.count({ where: { portfolioId, key } })) > 0) throw new RuleBroken("errors.keyTaken");
    const { id } = await tx.source.create({
      data: {
        ...own,
        dateLatest: boundsOf(own.dateEdtf).latest,
        inferred: inferred ?? undefined,
        errata: { createMany: { data: errata } },
      },
      select: { id: true },
    });
    return {
      changed: [{ type: "source", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id },
    };
  },
});
