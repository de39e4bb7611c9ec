import type { z } from "zod";
import { type Change, type Context, changesBetween, languageChanges } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { boundsOf, deadlineFrom, shown } from "#lib/commitments/commands.ts";
import { checkKnown } from "#lib/commitments/editing.ts";
import { changeOf } from "#lib/commitments/load.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { may } from "#lib/parties/policy.ts";
import { freeKey, lockPortfolio, revise } from "#lib/parties/revising.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import type { Texts } from "#lib/text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { editMeetingInput, meetingDateInput, meetingInput } from "./schema.ts";

/** Enters a meeting with who took part and where that is said. */
export const recordMeeting = command({
  verb: "meeting.record",
  input: meetingInput,
  locks: true,
  load: (context, { portfolioId }) => lockPortfolio(context, portfolioId),
  allow: (actor, { id }) => may(actor, "record", id),
  run: async (context, _portfolio, input) => {
    const { tx } = context;
    const { partyIds, citations, inferred, ...own } = input;
    const { portfolioId, key: wanted, ...told } = input;
    const isTaken = async (key: string) => (await tx.meeting.count({ where: { portfolioId, key } })) > 0;
    const key = wanted ?? (await freeKey(input.name, "meeting", isTaken));
    if (wanted !== null && (await isTaken(wanted))) throw new RuleBroken("errors.keyTaken");
    await checkReferred(context, portfolioId, input);
    const { id } = await tx.meeting.create({
      data: {
        ...own,
        key,
        ...boundsOf(own.edtf),
        inferred: inferred ?? undefined,
        parties: { createMany: { data: partyRows(partyIds) } },
        citations: { createMany: { data: citationRows(citations) } },
      },
      select: { id: true },
    });
    return {
      changed: [{ type: "meeting", id, portfolioId, changes: changesBetween({}, { key, ...told }) }],
      result: { id, key },
    };
  },
});

type Referring = Pick<z.output<typeof meetingInput>, "partyIds" | "placeId" | "citations">;

type Said = { sourceId: string; paragraph: number; note: unknown };

const partyRows = (ids: readonly string[]) => [...new Set(ids)].map((partyId) => ({ partyId }));
const citationRows = (citations: Referring["citations"]) =>
  citations.map(({ note, ...rest }) => ({ ...rest, note: note ?? undefined }));

/** What a meeting refers to is there. Gives the keys of the sources by their ids. */
async function checkReferred(context: Context, portfolioId: string, { partyIds, placeId, citations }: Referring) {
  await checkKnown(context.tx.party, partyIds, "errors.noSuchParty");
  await checkKnown(context.tx.place, placeId === null ? [] : [placeId], "errors.noSuchPlace");
  return checkPlaces(context, portfolioId, citations);
}

const meetings = {
  load: async ({ tx }: Context, id: string) => {
    await tx.$queryRaw`SELECT FROM meeting WHERE id = ${id}::uuid FOR UPDATE`;
    const row = await tx.meeting.findUnique({ where: { id } });
    if (!row) return null;
    const parties = await tx.meetingParty.findMany({ where: { meetingId: id } });
    return { ...row, parties, citations: await tx.citation.findMany({ where: { meetingId: id } }) };
  },
  write: ({ tx }: Context, id: string, data: Prisma.MeetingUncheckedUpdateInput) =>
    tx.meeting.update({ where: { id }, data }),
  subject: ({ id, portfolioId }: { id: string; portfolioId: string }) => ({
    type: "meeting" as const,
    id,
    portfolioId,
  }),
};

/** Changes what a meeting is and who took part. Its date is another matter: deadlines hang on that (`reviseMeeting`). */
export const editMeeting = revise(
  meetings,
  "meeting.edit",
  editMeetingInput,
  async (context, meeting, { kind, name, statement, placeId, partyIds, citations }) => {
    const { tx } = context;
    const keys = await checkReferred(context, meeting.portfolioId, { partyIds, placeId, citations });
    const had = meeting.citations.map(({ sourceId, paragraph, note }) => ({ sourceId, paragraph, note }));
    const before = await checkPlaces(context, meeting.portfolioId, had);
    const said = (rows: readonly Said[], from: Map<string, string>) =>
      rows
        .map(({ sourceId, paragraph, note }) => ({ source: from.get(sourceId) ?? "", paragraph, note }))
        .sort((a, b) => (a.source === b.source ? a.paragraph - b.paragraph : a.source < b.source ? -1 : 1));
    const parties = partyRows(partyIds);
    const changes = {
      ...languageChanges("name", meeting.name as Texts, name),
      ...languageChanges("statement", meeting.statement as Texts, statement),
      ...changesBetween(
        {
          meetingKind: meeting.kind,
          places: meeting.placeId === null ? [] : [meeting.placeId],
          parties: meeting.parties.map(({ partyId }) => partyId).sort(),
          citations: said(had, before),
        },
        {
          meetingKind: kind,
          places: placeId === null ? [] : [placeId],
          parties: parties.map(({ partyId }) => partyId).sort(),
          citations: said(citations, keys),
        },
      ),
    };
    const where = { meetingId: meeting.id };
    if (changes.parties) {
      await tx.meetingParty.deleteMany({ where });
      await tx.meetingParty.createMany({ data: parties.map((row) => ({ ...where, ...row })) });
    }
    if (changes.citations) {
      await tx.citation.deleteMany({ where });
      await tx.citation.createMany({ data: citationRows(citations).map((row) => ({ ...where, ...row })) });
    }
    return { data: { kind, name, statement, placeId }, changes };
  },
  ({ kind, name, statement, placeId, parties, citations }) => ({
    kind,
    name,
    statement,
    placeId,
    partyIds: parties.map(({ partyId }) => partyId),
    citations: citations.map(({ sourceId, paragraph, note }) => ({ sourceId, paragraph, note })),
  }),
);

/**
 * Gives a meeting another date, and moves the deadlines that hang on it: each gets a revision with the meeting's reason,
 * and a history entry of its own, all in one batch. `moved` counts them.
 */
export const reviseMeeting = command({
  verb: "meeting.revise",
  input: meetingDateInput,
  locks: true,
  load: (context, { id }) => meetings.load(context, id),
  allow: (actor, { portfolioId }) => may(actor, "record", portfolioId),
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
