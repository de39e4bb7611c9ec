import { command } from "#lib/command.ts";
import { Conflict } from "#lib/errors.ts";
import { changeOf, check, lockReport } from "./drafts.ts";
import { may } from "./policy.ts";
import { commentInput, resolveInput } from "./schema.ts";

/** What others say about a report while it is being written. */

/** Says something on a section or on the whole, before it is issued. */
export const comment = command({
  verb: "report.comment",
  input: commentInput,
  locks: true,
  load: (context, { reportId }) => lockReport(context, { id: reportId }),
  allow: (actor, row) => actor.id !== null && may(actor, "comment", row),
  run: async (context, row, { section, text }) => {
    check(row, "comment", row.version);
    const { tx, actor, now } = context;
    const { id, version } = await tx.reportComment.create({
      data: { reportId: row.id, authorId: actor.id ?? "", at: now, section, text },
    });
    return { changed: [changeOf(row, { comment: [null, { section, text }] })], result: { id, version } };
  },
});

/** Marks a comment as dealt with, or not: by who wrote it, who writes the report, or a manager. */
export const resolveComment = command({
  verb: "report.resolve",
  input: resolveInput,
  locks: true,
  load: async (context, { id }) => {
    const found = await context.tx.reportComment.findUnique({ where: { id }, select: { reportId: true } });
    const report = found && (await lockReport(context, { id: found.reportId }));
    const said = report && (await context.tx.reportComment.findUnique({ where: { id } }));
    return said && { report, said };
  },
  allow: (actor, { report, said }) =>
    may(actor, "resolve", report) || (may(actor, "comment", report) && said.authorId === actor.id),
  run: async ({ tx, now }, { report, said }, { id, version, resolved }) => {
    const present = said.resolvedAt !== null;
    if (said.version !== version) throw new Conflict(said.version, { resolved: present });
    check(report, "resolve", report.version);
    if (present === resolved) return { changed: [], result: { id, version } };
    await tx.reportComment.update({
      where: { id },
      data: { resolvedAt: resolved ? now : null, version: { increment: 1 } },
    });
    const { section, text } = said;
    return {
      changed: [
        changeOf(report, {
          comment: [
            { section, text },
            { section, text, resolved },
          ],
        }),
      ],
      result: { id, version: version + 1 },
    };
  },
});
