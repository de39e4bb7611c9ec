import { type Context, changesBetween, languageChanges, type SubjectType } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, RuleBroken } from "#lib/errors.ts";
import type { Texts } from "#lib/text.ts";
import type { Party, Place, Prisma } from "#prisma/generated/client.ts";
import { may } from "./policy.ts";
import { freeKey, revise } from "./revising.ts";
import { editPartyInput, editPlaceInput, partyInput, placeInput, sectorInput } from "./schema.ts";

/** Entering and editing what the records refer to. An id that is taken is refused, never overwritten. */

export const recordSector = command({
  verb: "sector.record",
  input: sectorInput,
  load: ({ tx }, { id }) => tx.sector.count({ where: { id } }),
  allow: (actor) => may(actor, "record", null),
  run: async ({ tx }, taken, input) => {
    refuseTaken(taken);
    await tx.sector.create({ data: input });
    return entered("sector", input);
  },
});

/** Enters a place. Two of one country don't have one name. */
export const recordPlace = command({
  verb: "place.record",
  input: placeInput,
  locks: true,
  load: (context) => lockNames(context, "place"),
  allow: (actor) => may(actor, "record", null),
  run: async (context, _locked, input) => {
    const isTaken = async (id: string) => (await context.tx.place.count({ where: { id } })) > 0;
    if (input.id !== null) refuseTaken(Number(await isTaken(input.id)));
    await checkPlaceName(context, "", input);
    const id = input.id ?? (await freeKey(input.name, "place", isTaken));
    await context.tx.place.create({ data: { ...input, id } });
    return entered("place", { ...input, id });
  },
});

/** Enters a party; its parent has to be there. Two of one side don't have one name. */
export const recordParty = command({
  verb: "party.record",
  input: partyInput,
  locks: true,
  load: (context) => lockNames(context, "party"),
  allow: (actor) => may(actor, "record", null),
  run: async (context, _locked, input) => {
    const isTaken = async (id: string) => (await context.tx.party.count({ where: { id } })) > 0;
    if (input.id !== null) refuseTaken(Number(await isTaken(input.id)));
    await checkPartyName(context, "", input);
    await checkParent(context, null, input.parentId);
    const id = input.id ?? (await freeKey(input.name, "party", isTaken));
    await context.tx.party.create({ data: { ...input, id } });
    return entered("party", { ...input, id });
  },
});

const places = {
  load: async (context: Context, id: string) => {
    await lockNames(context, "place");
    return context.tx.place.findUnique({ where: { id } });
  },
  write: ({ tx }: Context, id: string, data: Prisma.PlaceUpdateInput) => tx.place.update({ where: { id }, data }),
  subject: ({ id }: Place) => ({ type: "place" as const, id, portfolioId: null }),
};

export const editPlace = revise(
  places,
  "place.edit",
  editPlaceInput,
  async (context, place, { id, version: _version, name, ...rest }) => {
    await checkPlaceName(context, id, { name, country: rest.country });
    const { aliases, iso, country } = place;
    return {
      data: { name, ...rest },
      changes: {
        ...languageChanges("name", place.name as Texts, name),
        ...changesBetween({ aliases, iso, country }, rest),
      },
    };
  },
  ({ name, aliases, iso, country }) => ({ name, aliases: written(aliases), iso, country }),
);

const parties = {
  load: async (context: Context, id: string) => {
    await lockNames(context, "party");
    return context.tx.party.findUnique({ where: { id } });
  },
  write: ({ tx }: Context, id: string, data: Prisma.PartyUncheckedUpdateInput) =>
    tx.party.update({ where: { id }, data }),
  subject: ({ id }: Party) => ({ type: "party" as const, id, portfolioId: null }),
};

export const editParty = revise(
  parties,
  "party.edit",
  editPartyInput,
  async (context, party, { id, version: _version, name, kind, ...rest }) => {
    await checkPartyName(context, id, { name, side: rest.side });
    await checkParent(context, id, rest.parentId);
    const { aliases, parentId, iso, side } = party;
    const told = (of: string, belongs: string | null) => ({ partyKind: of, partOf: belongs === null ? [] : [belongs] });
    return {
      data: { name, kind, ...rest },
      changes: {
        ...languageChanges("name", party.name as Texts, name),
        ...changesBetween(
          { ...told(party.kind, parentId), aliases, iso, side },
          { ...told(kind, rest.parentId), aliases: rest.aliases, iso: rest.iso, side: rest.side },
        ),
      },
    };
  },
  ({ name, kind, aliases, parentId, iso, side }) => ({
    name,
    kind,
    aliases: written(aliases),
    parentId,
    iso,
    side,
  }),
);

/** Other names as people write them: what a conflict shows beside what somebody has written. */
const written = (aliases: readonly string[]) => aliases.join("\n");

/** Whoever else enters or renames one waits: two at once would not see each other's names. Parties belong to no portfolio. */
async function lockNames({ tx }: Context, noun: "party" | "place"): Promise<true> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${`kept ${noun}`}))::text`;
  return true;
}

/** @throws InvalidInput where another party of that side has the name in one of the languages: it would not be found */
async function checkPartyName({ tx }: Context, id: string, { name, side }: { name: Texts; side: string | null }) {
  refuseNamesake(
    await tx.$queryRaw<
      { name: unknown }[]
    >`SELECT name FROM party p WHERE p.id <> ${id} AND p.side IS NOT DISTINCT FROM ${side}
      AND EXISTS (SELECT FROM jsonb_each_text(p.name) n JOIN jsonb_each_text(${JSON.stringify(name)}::jsonb) m ON m.key = n.key
        WHERE n.value <> '' AND fold(n.value) = fold(m.value)) LIMIT 1`,
  );
}

/** The same of places, by country. */
async function checkPlaceName({ tx }: Context, id: string, { name, country }: { name: Texts; country: string | null }) {
  refuseNamesake(
    await tx.$queryRaw<
      { name: unknown }[]
    >`SELECT name FROM place p WHERE p.id <> ${id} AND p.country IS NOT DISTINCT FROM ${country}
      AND EXISTS (SELECT FROM jsonb_each_text(p.name) n JOIN jsonb_each_text(${JSON.stringify(name)}::jsonb) m ON m.key = n.key
        WHERE n.value <> '' AND fold(n.value) = fold(m.value)) LIMIT 1`,
  );
}

function refuseNamesake(found: readonly unknown[]) {
  if (found.length > 0) throw new InvalidInput({ name: ["errors.nameTaken"] });
}

/** The parent is there, and is not a part of the party itself. */
async function checkParent({ tx }: Context, id: string | null, parentId: string | null) {
  for (let at = parentId; at !== null; ) {
    if (at === id) throw new InvalidInput({ parentId: ["errors.circle"] });
    const above: { parentId: string | null } | null = await tx.party.findUnique({
      where: { id: at },
      select: { parentId: true },
    });
    if (!above) throw new RuleBroken("errors.noSuchParty");
    at = above.parentId;
  }
}

function refuseTaken(taken: number) {
  if (taken > 0) throw new RuleBroken("errors.keyTaken");
}

function entered(type: SubjectType, { id, ...rest }: { id: string }, portfolioId: string | null = null) {
  return { changed: [{ type, id, portfolioId, changes: changesBetween({}, rest) }], result: { id } };
}
