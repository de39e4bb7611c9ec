import { batch, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { type Day, deadlineOf, parseEdtf } from "#lib/dates.ts";
import { Conflict, NotFound, RuleBroken } from "#lib/errors.ts";
import { answering } from "#lib/people/policy.ts";
import { isEditor, isManager } from "#lib/portfolios/policy.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { changeOf, type Edited, edit, type Loaded, loadCommitment, setColumns } from "./load.ts";
import { may } from "./policy.ts";
import { mayMove, mayReport } from "./rules.ts";
import { bulkInput, deadlineInput, ownerInput, progressInput, targetInput, withdrawInput } from "./schema.ts";
import { readStanding } from "./standing.ts";

/** The daily work on a record: who answers for it, where it stands, until when. Editing the rest is in editing.ts. */

/** Makes a signed-in person answer for the record, or nobody (null). */
export const assignOwner = edit(
  "assignOwner",
  "assign",
  ownerInput,
  async ({ tx, actor }, record, { ownerId }) => {
    // An editor may take what nobody owns, but not give it to somebody else.
    if (!isManager(actor, record.portfolioId) && record.ownerId === null && ownerId !== null && ownerId !== actor.id)
      throw new RuleBroken("errors.takeOnly");
    const owner = ownerId
      ? await tx.person.findFirst({ where: { id: ownerId, ...answering(record.portfolioId) }, select: { name: true } })
      : null;
    if (ownerId && !owner) throw new RuleBroken("errors.noSuchPerson");
    const changes =
      record.ownerId === ownerId ? {} : changesBetween({ owner: record.owner?.name }, { owner: owner?.name });
    // Two people of one name: still a change.
    return {
      data: { ownerId },
      changes: record.ownerId !== ownerId && !changes.owner ? { owner: [record.owner?.name, owner?.name] } : changes,
    };
  },
  async (_context, record) => ({ ownerId: record.ownerId, owner: record.owner?.name ?? null }),
);

/** Says where the record stands: completion, evidence, confidence, in words. Each report is kept. */
export const reportProgress = edit(
  "reportProgress",
  "update",
  progressInput,
  async ({ tx, actor, today, now }, record, input) => {
    const { completion, evidence, confidence, text, evidenceUrl } = input;
    if (completion !== record.completion && !mayReport(record.completion, completion))
      throw new RuleBroken("errors.completionStep");
    const asOf = input.asOf ?? today;
    if (asOf > today) throw new RuleBroken("errors.reportInFuture");
    const changes = changesBetween(
      { completion: record.completion, evidence: record.evidence, confidence: record.confidence },
      { completion, evidence, confidence: confidence ?? record.confidence },
    );
    // The same status with nothing said is not a report.
    if (Object.keys(changes).length === 0 && text === "" && !evidenceUrl) return { data: {}, changes: {} };
    await tx.progressReport.create({
      data: {
        commitmentId: record.id,
        asOf: asDate(asOf),
        at: now,
        byId: actor.id,
        byName: actor.name,
        text,
        completion,
        evidence,
        confidence,
        evidenceUrl,
      },
    });
    const newest = record.reportedOn === null || asOf >= dayOf(record.reportedOn);
    return {
      // A report entered late about an earlier day is kept, but the record stands where the newest one puts it.
      data: newest
        ? {
            completion,
            evidence,
            reportedOn: asDate(asOf),
            ...(confidence && { confidence, confidenceOn: asDate(asOf) }),
          }
        : {},
      changes: {
        ...(newest ? changes : {}),
        report: [null, { asOf, text, completion, evidence, confidence, evidenceUrl }],
      },
    };
  },
);

/** Changes the deadline and keeps the old one. The first deadline of all needs no reason, every later one does. */
export const reviseDeadline = edit(
  "reviseDeadline",
  "update",
  deadlineInput,
  async (context, record, input) => {
    const { tx, actor, now } = context;
    const deadline = await deadlineFrom(context, record.portfolioId, input);
    const before = {
      phrase: record.deadlinePhrase,
      edtf: record.deadlineEdtf,
      anchorId: record.deadlineAnchorId,
    };
    const changes = changesBetween(before, { phrase: input.phrase, edtf: input.edtf, anchorId: input.anchorId });
    if (Object.keys(changes).length === 0) return { data: {}, changes: {} };
    const hadOne = before.phrase !== null || before.edtf !== null || before.anchorId !== null;
    if (hadOne && input.reason === "") throw new RuleBroken("errors.reasonNeeded");
    const seq = await tx.deadlineRevision.count({ where: { commitmentId: record.id } });
    await tx.deadlineRevision.create({
      data: {
        commitmentId: record.id,
        seq,
        phrase: deadline.deadlinePhrase,
        edtf: deadline.deadlineEdtf,
        earliest: deadline.deadlineEarliest,
        latest: deadline.deadlineLatest,
        anchorId: deadline.deadlineAnchorId,
        reason: input.reason || null,
        byId: actor.id,
        byName: actor.name,
        at: now,
      },
    });
    return {
      // From now on somebody says so: the reason why it was inferred is no longer the reason.
      data: { ...deadline, deadlineInferred: Prisma.DbNull },
      changes: {
        deadline: [shown(record), shown(deadline)],
        ...(input.reason && { reason: [null, input.reason] as const }),
      },
    };
  },
  async (_context, record) => ({
    phrase: record.deadlinePhrase,
    edtf: record.deadlineEdtf,
    anchorId: record.deadlineAnchorId,
  }),
);

/** Nobody will do it any more. The record and its history stay. */
export const withdraw = edit("withdraw", "update", withdrawInput, async (_context, record, { reason }) => {
  if (record.completion === "withdrawn") return { data: {}, changes: {} };
  if (!mayMove("withdraw", record.completion, "withdrawn")) throw new RuleBroken("errors.completionStep");
  const { data, changes } = setColumns(record, { completion: "withdrawn" });
  return { data, changes: { ...changes, reason: [null, reason] } };
});

/** Takes a withdrawn or superseded record up again: nobody has reported on it since. */
export const reopen = edit("reopen", "update", targetInput, async (_context, record) => {
  if (!mayMove("reopen", record.completion, "not_reported")) throw new RuleBroken("errors.notClosed");
  return setColumns(record, { completion: "not_reported" });
});

/**
 * One change for many records, each with its own check, version and history entry, all or none. The entries carry one
 * batch id.
 */
export const changeMany = command({
  verb: "commitment.changeMany",
  input: bulkInput,
  locks: true,
  load: async (_context, input) => input.rows,
  allow: (actor) => isEditor(actor, null),
  run: async (context, rows, { change }) => {
    const together = batch(context);
    const edited: Edited[] = [];
    for (const row of rows) edited.push(await changeOne(together, row, change));
    return { changed: [], result: edited };
  },
});

type BulkChange = (typeof bulkInput)["_output"]["change"];

async function changeOne(context: Context, row: { id: string; version: number }, change: BulkChange): Promise<Edited> {
  switch (change.field) {
    case "owner":
      return assignOwner.within(context, { ...row, ownerId: change.ownerId });
    case "deadline": {
      const { field: _field, ...deadline } = change;
      return reviseDeadline.within(context, { ...row, ...deadline });
    }
    case "completion": {
      const record = await loadCommitment(context, row.id);
      if (!record) throw new NotFound();
      return reportProgress.within(context, {
        ...row,
        completion: change.completion,
        evidence: record.evidence,
        text: change.text,
      });
    }
  }
}

/** Deletes a record for good. Its history stays, and says what it was. */
export const deleteCommitment = command({
  verb: "commitment.delete",
  input: targetInput,
  locks: true,
  load: (context, { id }) => loadCommitment(context, id),
  allow: (actor, record) => may(actor, "delete", record),
  run: async ({ tx, actor }, record, { version }) => {
    if (record.version !== version) throw new Conflict(record.version, { title: record.title });
    const [children, successors] = await Promise.all([
      tx.commitment.count({ where: { parentId: record.id } }),
      tx.commitment.count({ where: { predecessorId: record.id } }),
    ]);
    if (children + successors > 0) throw new RuleBroken("errors.hasDependents");
    const standing = await readStanding(actor, record.id);
    await tx.commitment.delete({ where: { id: record.id } });
    // The key keeps the seed from entering it again; what it said, for reports as of days before.
    const { reference, title, seedKey } = record;
    return {
      changed: [changeOf(record, { deleted: [{ reference, title, ...(seedKey && { seedKey }), standing }, null] })],
      result: { reference },
    };
  },
});

type DeadlineInput = { phrase: string | null; edtf: string | null; anchorId: string | null };

/** The deadline's columns. The event that it hangs on has to be one of the same portfolio. */
export async function deadlineFrom({ tx }: Context, portfolioId: string, input: DeadlineInput) {
  // Nobody gives the event another date before this deadline hangs on it.
  if (input.anchorId) await tx.$queryRaw`SELECT FROM meeting WHERE id = ${input.anchorId}::uuid FOR SHARE`;
  const event = input.anchorId ? await tx.meeting.findFirst({ where: { id: input.anchorId, portfolioId } }) : null;
  if (input.anchorId && !event) throw new RuleBroken("errors.noSuchMeeting");
  const anchor = event && {
    earliest: event.earliest && dayOf(event.earliest),
    latest: event.latest && dayOf(event.latest),
  };
  const { phrase, edtf, earliest, latest } = deadlineOf({ phrase: input.phrase, edtf: input.edtf, anchor });
  return {
    deadlinePhrase: phrase,
    deadlineEdtf: edtf,
    deadlineEarliest: earliest === null ? null : asDate(earliest),
    deadlineLatest: latest === null ? null : asDate(latest),
    deadlineAnchorId: input.anchorId,
  };
}

/** A vague date's derived columns, as Prisma wants them. */
export function boundsOf(edtf: string | null): { earliest: Date | null; latest: Date | null } {
  const parsed = edtf === null ? null : parseEdtf(edtf);
  const value = parsed?.ok ? parsed.value : null;
  return {
    earliest: value?.earliest ? asDate(value.earliest) : null,
    latest: value?.latest ? asDate(value.latest) : null,
  };
}

/** Prisma gives and takes a calendar day as midnight UTC. */
export const asDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
export const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);

/** A deadline as the history tells it. */
export const shown = (
  deadline: Pick<Loaded, "deadlinePhrase" | "deadlineEdtf" | "deadlineEarliest" | "deadlineLatest">,
) => ({
  phrase: deadline.deadlinePhrase,
  edtf: deadline.deadlineEdtf,
  earliest: deadline.deadlineEarliest && dayOf(deadline.deadlineEarliest),
  latest: deadline.deadlineLatest && dayOf(deadline.deadlineLatest),
});
