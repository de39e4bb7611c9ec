import { type Change, type Context, changesBetween, command } from "#lib/command.ts";
import { boundsOf, deadlineFrom, shown } from "#lib/commitments/commands.ts";
import { changeOf } from "#lib/commitments/load.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { meetingDateInput, meetingInput } from "./schema.ts";

/** Enters a meeting with who took part and where that is said. */
export const recordMeeting = command({
  verb: "meeting.record",
  input: meetingInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor) => may(actor, "record"),
  run: async (context, _portfolio, input) => {
    const { tx } = context;
    const { partyIds, citations, inferred, ...own } = input;
    const { portfolioId, key, ...told } = input;
    if ((await tx.meeting.count({ where: { portfolioId, key } })) > 0) throw new RuleBroken("errors.keyTaken");
    const parties = [...new Set(partyIds)];
    if ((await tx.party.count({ where: { id: { in: parties } } })) !== parties.length)
      throw new RuleBroken("errors.noSuchParty");
    if (own.placeId !== null && (await tx.place.count({ where: { id: own.placeId } })) === 0)
      throw new RuleBroken("errors.noSuchPlace");
    await checkPlaces(context, portfolioId, citations);
    const { id } = await tx.meeting.create({
      data: {
        ...own,
        ...boundsOf(own.edtf),
        inferred: inferred ?? undefined,
        parties: { createMany: { data: parties.map((partyId) => ({ partyId })) } },
        citations: {
          createMany: { data: citations.map(({ note, ...rest }) => ({ ...rest, note: note ?? undefined })) },
        },
      },
      select: { id: true },
    });
    return {
      changed: [{ type: "meeting", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id },
    };
  },
});

/**
 * Gives a meeting another date, and moves the deadlines that hang on it: each gets a revision with the meeting's reason,
 * and a history entry of its own, all in one batch. `moved` counts them.
 */
export const reviseMeeting = command({
  verb: "meeting.revise",
  input: meetingDateInput,
  locks: true,
  load: async ({ tx }, { id }) => {
    await tx.$queryRaw`SELECT FROM meeting WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.meeting.findUnique({ where: { id } });
  },
  allow: (actor) => may(actor, "record"),
  run: async (context, meeting, { version, phrase, edtf, inferred, reason }) => {
    const { tx } = context;
    const { id, portfolioId } = meeting;
    const before = { phrase: meeting.phrase, edtf: meeting.edtf, inferred: meeting.inferred };
    if (meeting.version !== version) throw new Conflict(meeting.version, before);
    const changes = changesBetween(before, { phrase, edtf, inferred });
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version, moved: 0 } };
    await tx.meeting.update({
      where: { id },
      data: { phrase, edtf, ...boundsOf(edtf), inferred: inferred ?? Prisma.DbNull, version: { increment: 1 } },
    });
    const moved = await moveDeadlines(context, id, reason);
    return {
      changed: [{ type: "meeting", id, portfolioId, changes: { ...changes, reason: [null, reason] } }, ...moved],
      result: { id, version: version + 1, moved: moved.length },
    };
  },
});

/** What hangs on the meeting is computed again; what comes out the same is left alone. */
async function moveDeadlines(context: Context, meetingId: string, reason: string): Promise<Change[]> {
  const { tx, actor, now } = context;
  await tx.$queryRaw`SELECT FROM commitment WHERE deadline_anchor_id = ${meetingId}::uuid ORDER BY id FOR NO KEY UPDATE`;
  const anchored = await tx.commitment.findMany({ where: { deadlineAnchorId: meetingId }, orderBy: { number: "asc" } });
  const changed: Change[] = [];
  for (const record of anchored) {
    const deadline = await deadlineFrom(context, record.portfolioId, {
      phrase: record.deadlinePhrase,
      edtf: record.deadlineEdtf,
      anchorId: meetingId,
    });
    const changes = changesBetween(shown(record), shown(deadline));
    if (Object.keys(changes).length === 0) continue;
    const seq = await tx.deadlineRevision.count({ where: { commitmentId: record.id } });
    await tx.deadlineRevision.create({
      data: {
        commitmentId: record.id,
        seq,
        phrase: deadline.deadlinePhrase,
        edtf: deadline.deadlineEdtf,
        earliest: deadline.deadlineEarliest,
        latest: deadline.deadlineLatest,
        anchorId: meetingId,
        reason,
        byId: actor.id,
        byName: actor.name,
        at: now,
      },
    });
    await tx.commitment.update({
      where: { id: record.id },
      data: { ...deadline, version: { increment: 1 }, updatedAt: now },
    });
    changed.push(changeOf(record, { deadline: [shown(record), shown(deadline)], reason: [null, reason] }));
  }
  return changed;
}
