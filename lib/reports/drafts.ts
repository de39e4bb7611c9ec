import { type Change, type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import type { Day } from "#lib/dates.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { fixRequest } from "./period.ts";
import { isOpenTo, may, mayWrite, type WrittenVerb } from "./policy.ts";
import type { FixedRequest, ReportRequest } from "./request.ts";
import { copyInput, editReportInput, sendBackInput, targetInput, writeUpInput } from "./schema.ts";

/** A report from its first draft to its approval. lib/reports/issuing.ts issues it. */

type Row = Prisma.ReportModel;

/** A report that the actor may see, locked until the transaction ends. */
export async function lockReport({ tx, actor }: Context, { id }: { id: string }): Promise<Row | null> {
  await tx.$queryRaw`SELECT FROM report WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.report.findUnique({ where: { id } });
  return row && may(actor, "see", row) ? row : null;
}

/** @throws Conflict with `theirs` where somebody changed it meanwhile, RuleBroken where its state does not let it be done */
export function check(
  row: Pick<Row, "version" | "state">,
  verb: WrittenVerb,
  version: number,
  theirs: Record<string, unknown> = {},
): void {
  if (row.version !== version) throw new Conflict(row.version, { state: row.state, ...theirs });
  if (!isOpenTo(verb, row)) throw new RuleBroken("issuing.errors.state");
}

export const changeOf = ({ id, portfolioId }: Pick<Row, "id" | "portfolioId">, changes: Changes): Change => ({
  type: "report",
  id,
  portfolioId,
  changes,
});

/** Begins a report of what is asked for, with its days worked out: from now on it is of those. */
export const writeUp = command({
  verb: "report.write",
  input: writeUpInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor, { id }) => mayWrite(actor, id),
  run: async (context, { id: portfolioId }, { title, request }) => {
    const { tx, now, actor } = context;
    const fixed = fixRequest(request, { today: context.today, meetings: await meetingsOf(context, portfolioId) });
    const row = await tx.report.create({
      data: { portfolioId, title, request: fixed, authorId: actor.id, createdAt: now, updatedAt: now },
    });
    return {
      changed: [changeOf(row, { created: [null, { title, request: fixed }] })],
      result: { id: row.id, version: row.version },
    };
  },
});

async function meetingsOf({ tx }: Context, portfolioId: string) {
  const meetings = await tx.meeting.findMany({
    where: { portfolioId },
    select: { key: true, earliest: true, latest: true },
  });
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
  return meetings.map(({ key, earliest, latest }) => ({ key, earliest: day(earliest), latest: day(latest) }));
}

/** The next report of its kind: text and scope of one that is there, as of today, looking back to where that one ended. */
export const writeAgain = command({
  verb: "report.write",
  input: copyInput,
  locks: true,
  load: lockReport,
  allow: (actor, { portfolioId }) => mayWrite(actor, portfolioId),
  run: async (context, { id: from, portfolioId, title, summary, remarks, request: asked }) => {
    const { tx, now, actor, today } = context;
    const wanted = following(asked as FixedRequest, today);
    const request = fixRequest(wanted, { today, meetings: await meetingsOf(context, portfolioId) });
    const row = await tx.report.create({
      data: {
        ...{ portfolioId, title, summary, request },
        ...{ remarks: remarks ?? {}, authorId: actor.id, createdAt: now, updatedAt: now },
      },
    });
    return {
      changed: [changeOf(row, { created: [null, { title, request, from }] })],
      result: { id: row.id, version: row.version },
    };
  },
});

function following({ period, ...rest }: FixedRequest, today: Day): ReportRequest {
  const asked = { ...rest, period, day: null, known: null };
  return period === null || period.to >= today
    ? asked
    : { ...asked, period: { kind: "days", from: period.to, to: today, meetings: null } };
}

const remarksOf = ({ remarks }: Row) => remarks as Record<string, string>;

/** Changes title, summary or remarks. What was approved is a draft again. */
export const editReport = command({
  verb: "report.edit",
  input: editReportInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => may(actor, "edit", row),
  run: async ({ tx, now }, row, { id, version, title, summary, remarks }) => {
    const had = remarksOf(row);
    const present = { title: row.title, summary: row.summary, remarks: had };
    check(row, "edit", version, present);
    const texts = { title: title ?? row.title, summary: summary ?? row.summary };
    const all = Object.fromEntries(Object.entries({ ...had, ...remarks }).filter(([, text]) => text !== ""));
    const changes = {
      ...changesBetween({ title: row.title, summary: row.summary }, texts),
      ...changesBetween(named(had), named(all)),
    };
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    const again =
      row.state === "approved" ? ({ state: "draft", approvedById: null, approvedAt: null } as const) : undefined;
    await tx.report.update({
      where: { id },
      data: { ...texts, remarks: all, ...again, updatedAt: now, version: { increment: 1 } },
    });
    return {
      changed: [changeOf(row, { ...changes, ...(again && { state: ["approved", "draft"] }) })],
      result: { id, version: version + 1 },
    };
  },
});

const named = (remarks: Record<string, string>) =>
  Object.fromEntries(Object.entries(remarks).map(([section, text]) => [`remark.${section}`, text]));

type Move = Pick<Prisma.ReportUncheckedUpdateInput, "approvedById" | "approvedAt"> & {
  state: "draft" | "in_review" | "approved";
};

async function move({ tx, now }: Context, row: Row, to: Move, more: Changes = {}) {
  await tx.report.update({ where: { id: row.id }, data: { ...to, updatedAt: now, version: { increment: 1 } } });
  return {
    changed: [changeOf(row, { state: [row.state, to.state], ...more })],
    result: { id: row.id, version: row.version + 1 },
  };
}

/** Hands a draft to the managers. */
export const submitReport = command({
  verb: "report.submit",
  input: targetInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => may(actor, "submit", row),
  run: async (context, row, { version }) => {
    check(row, "submit", version);
    return move(context, row, { state: "in_review" });
  },
});

/** A manager answers for what stands in it, as it stands. */
export const approveReport = command({
  verb: "report.approve",
  input: targetInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => may(actor, "approve", row),
  run: async (context, row, { version }) => {
    check(row, "approve", version);
    return move(context, row, { state: "approved", approvedById: context.actor.id, approvedAt: context.now });
  },
});

/** A manager hands it back, with what is missing as a comment on the whole. */
export const sendBackReport = command({
  verb: "report.sendBack",
  input: sendBackInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => actor.id !== null && may(actor, "sendBack", row),
  run: async (context, row, { version, reason }) => {
    check(row, "sendBack", version);
    const { tx, actor, now } = context;
    await tx.reportComment.create({ data: { reportId: row.id, authorId: actor.id ?? "", at: now, text: reason } });
    const back = { state: "draft", approvedById: null, approvedAt: null } as const;
    return move(context, row, back, { reason: [null, reason] });
  },
});

/** Throws a draft away. What it said stays in the history. */
export const discardReport = command({
  verb: "report.discard",
  input: targetInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => may(actor, "discard", row),
  run: async ({ tx }, row, { id, version }) => {
    check(row, "discard", version);
    await tx.report.delete({ where: { id } });
    const { title, request, summary, remarks } = row;
    return {
      changed: [changeOf(row, { deleted: [{ title, request, summary, remarks }, null] })],
      result: { id },
    };
  },
});
