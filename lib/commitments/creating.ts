import type { z } from "zod";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { answering } from "#lib/people/policy.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import { boundsOf, deadlineFrom } from "./commands.ts";
import { checkKnown, checkRelated, milestoneColumns } from "./editing.ts";
import { indicatorKeys, meetingKeys } from "./linking.ts";
import { changeOf } from "./load.ts";
import { may } from "./policy.ts";
import { createInput, targetInput } from "./schema.ts";

/** Making records. */

/** Enters a commitment. Gives its id and its reference, the portfolio's prefix and the next number. */
export const createCommitment = command({
  verb: "commitment.create",
  input: createInput,
  locks: true,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId } }),
  allow: (actor, _portfolio, input) => may(actor, "create", input) && (input.seed === null || actor.id === null),
  run: async (context, portfolio, input) => {
    const { tx, actor, now } = context;
    const {
      parties,
      money,
      places,
      milestones,
      citations,
      meetings,
      indicatorIds,
      instrument,
      deadline,
      seed,
      ...own
    } = input;
    await checkRelated(context, portfolio.id, input);
    await checkReferences(context, portfolio.id, input);
    const number = context.nextNumber?.() ?? (await takeNumber(context, portfolio, seed?.number ?? null));
    const dates = await deadlineFrom(context, portfolio.id, deadline ?? { phrase: null, edtf: null, anchorId: null });
    const { lifecycle, inferred, ...details } = instrument ?? { lifecycle: null, inferred: null };
    const record = await tx.commitment.create({
      data: {
        ...own,
        ...dates,
        deadlineInferred: deadline?.inferred ?? undefined,
        number,
        reference: referenceOf(portfolio.prefix, number),
        seedKey: seed?.key ?? null,
        lifecycle: input.form === "instrument" ? (lifecycle ?? "unknown") : null,
        createdAt: now,
        updatedAt: now,
        instrument:
          input.form === "instrument"
            ? {
                create: {
                  ...details,
                  endsLatest: boundsOf(instrument?.ends ?? null).latest,
                  inferred: inferred ?? undefined,
                },
              }
            : undefined,
        parties: { createMany: { data: parties } },
        places: { createMany: { data: places.map((placeId) => ({ placeId })) } },
        money: { createMany: { data: money } },
        milestones: { createMany: { data: milestoneColumns(milestones) } },
        citations: {
          createMany: { data: citations.map(({ note, ...rest }) => ({ ...rest, note: note ?? undefined })) },
        },
        meetings: { createMany: { data: meetings } },
        indicators: { createMany: { data: indicatorIds.map((indicatorId) => ({ indicatorId })) } },
        revisions: deadline
          ? {
              create: {
                seq: 0,
                phrase: dates.deadlinePhrase,
                edtf: dates.deadlineEdtf,
                earliest: dates.deadlineEarliest,
                latest: dates.deadlineLatest,
                anchorId: dates.deadlineAnchorId,
                byId: actor.id,
                byName: actor.name,
                at: now,
              },
            }
          : undefined,
      },
      select: { id: true, reference: true, version: true },
    });
    return {
      changed: [
        changeOf(
          { id: record.id, portfolioId: portfolio.id },
          { created: [null, { reference: record.reference, title: own.title }] },
        ),
      ],
      result: record,
    };
  },
});

/** The next number, or the one that is given. The row lock of this update also keeps two creators from taking the same. */
async function takeNumber({ tx }: Context, portfolio: { id: string; lastNumber: number }, given: number | null) {
  const { lastNumber } = await tx.portfolio.update({
    where: { id: portfolio.id },
    data: { lastNumber: given ? Math.max(given, portfolio.lastNumber) : { increment: 1 } },
    select: { lastNumber: true },
  });
  return given ?? lastNumber;
}

/** "VL-007": three digits, more when they are needed. */
const referenceOf = (prefix: string, number: number) => `${prefix}-${String(number).padStart(3, "0")}`;

/** A new record with the same texts, parties, places, sector and citations; nothing of its status, owner or deadline. */
export const duplicateCommitment = command({
  verb: "commitment.duplicate",
  input: targetInput,
  locks: true,
  load: ({ tx }, { id }) =>
    tx.commitment.findUnique({
      where: { id },
      include: { parties: true, places: true, citations: true, instrument: true },
    }),
  allow: (actor, record) => may(actor, "create", record),
  run: async (context, record, { version }) => {
    // Nobody copies what they have not seen.
    if (record.version !== version) throw new Conflict(record.version, { title: record.title });
    const result = await createCommitment.within(context, {
      portfolioId: record.portfolioId,
      form: record.form,
      kind: record.kind,
      strength: record.strength,
      sectorId: record.sectorId,
      title: record.title,
      statement: record.statement,
      draftLocales: record.draftLocales,
      parentId: record.parentId,
      parties: record.parties.map(({ partyId, role }) => ({ partyId, role })),
      places: record.places.map(({ placeId }) => placeId),
      citations: record.citations.map(({ sourceId, paragraph, note }) => ({ sourceId, paragraph, note })),
    });
    return { changed: [], result };
  },
});

/** What a new record refers to is there, and belongs to the same portfolio. */
async function checkReferences(context: Context, portfolioId: string, input: z.output<typeof createInput>) {
  const { tx } = context;
  if ((await tx.sector.count({ where: { id: input.sectorId } })) === 0) throw new RuleBroken("errors.noSuchSector");
  if (
    input.ownerId !== null &&
    (await tx.person.count({ where: { id: input.ownerId, ...answering(portfolioId) } })) === 0
  ) {
    throw new RuleBroken("errors.noSuchPerson");
  }
  await checkKnown(
    tx.party,
    input.parties.map((row) => row.partyId),
    "errors.noSuchParty",
  );
  await checkKnown(tx.place, input.places, "errors.noSuchPlace");
  await checkPlaces(context, portfolioId, input.citations);
  await meetingKeys(
    context,
    portfolioId,
    input.meetings.map((row) => row.meetingId),
  );
  await indicatorKeys(context, portfolioId, input.indicatorIds);
}
