import { changesBetween, command, type SubjectType } from "#lib/command.ts";
import { RuleBroken } from "#lib/errors.ts";
import { may } from "./policy.ts";
import { partyInput, placeInput, portfolioInput, sectorInput } from "./schema.ts";

/** Entering what the records refer to. An id that is taken is refused, never overwritten. */

/** Makes an empty register with its own references. */
export const recordPortfolio = command({
  verb: "portfolio.record",
  input: portfolioInput,
  load: ({ tx }, { id }) => tx.portfolio.count({ where: { id } }),
  allow: (actor) => may(actor, "recordPortfolio"),
  run: async ({ tx }, taken, input) => {
    refuseTaken(taken);
    await tx.portfolio.create({ data: input });
    return entered("portfolio", input, input.id);
  },
});

export const recordSector = command({
  verb: "sector.record",
  input: sectorInput,
  load: ({ tx }, { id }) => tx.sector.count({ where: { id } }),
  allow: (actor) => may(actor, "record"),
  run: async ({ tx }, taken, input) => {
    refuseTaken(taken);
    await tx.sector.create({ data: input });
    return entered("sector", input);
  },
});

export const recordPlace = command({
  verb: "place.record",
  input: placeInput,
  load: ({ tx }, { id }) => tx.place.count({ where: { id } }),
  allow: (actor) => may(actor, "record"),
  run: async ({ tx }, taken, input) => {
    refuseTaken(taken);
    await tx.place.create({ data: input });
    return entered("place", input);
  },
});

/** Enters a party; its parent has to be there. */
export const recordParty = command({
  verb: "party.record",
  input: partyInput,
  load: ({ tx }, { id }) => tx.party.count({ where: { id } }),
  allow: (actor) => may(actor, "record"),
  run: async ({ tx }, taken, input) => {
    refuseTaken(taken);
    if (input.parentId !== null && (await tx.party.count({ where: { id: input.parentId } })) === 0) {
      throw new RuleBroken("errors.noSuchParty");
    }
    await tx.party.create({ data: input });
    return entered("party", input);
  },
});

function refuseTaken(taken: number) {
  if (taken > 0) throw new RuleBroken("errors.keyTaken");
}

function entered(type: SubjectType, { id, ...rest }: { id: string }, portfolioId: string | null = null) {
  return { changed: [{ type, id, portfolioId, changes: changesBetween({}, rest) }], result: { id } };
}
