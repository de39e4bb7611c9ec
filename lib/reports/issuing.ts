import { createHash } from "node:crypto";
import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { type Command, type CommandOptions, command } from "#lib/command.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/errors.ts";
import { teamToday } from "#lib/team-day.ts";
import { line, uuid } from "#lib/text.ts";
import { buildReport } from "./build.ts";
import { type Commentary, withCommentary } from "./commentary.ts";
import { changeOf, check, lockReport } from "./drafts.ts";
import { toFile } from "./files.ts";
import { type ReportFormat, reportFormats } from "./formats.ts";
import { may } from "./policy.ts";
import { type FixedRequest, type ReportRequest, requestSchema } from "./request.ts";
import { targetInput } from "./schema.ts";
import { type Draft, getDraft, type Issued } from "./written.ts";

/**
 * Issuing a report: it is built as of its days, written to files, and kept with its hashes. From then on nothing about it
 * changes; the database refuses it, too.
 */

type Options = {
  now: Date;
  /** The address of the app, which links in files lead to. */
  origin: string;
};

/** What an issued report consists of, byte for byte. */
type Content = z.output<typeof contentInput>;

const contentInput = z.strictObject({
  document: z.string(),
  records: z.string(),
  files: z.array(
    z.strictObject({
      format: z.enum(reportFormats),
      bytes: z.custom<Uint8Array>((bytes) => bytes instanceof Uint8Array),
    }),
  ),
});

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest();

/**
 * The hash over a report: SHA-256 over a line for each part, "pdf 5f2c…", of its name and its own SHA-256 in hex, in the
 * order of the names.
 */
export function hashOfParts(parts: Record<string, Uint8Array>): Buffer {
  const lines = Object.entries(parts).map(([name, hash]) => `${name} ${Buffer.from(hash).toString("hex")}\n`);
  return sha256(lines.sort().join(""));
}

/** Whether what is kept of a report is what was issued. */
export function isIntact({ parts, files, hash }: Pick<Issued, "parts" | "files" | "hash">): boolean {
  const sums = Object.fromEntries(Object.entries(parts).map(([name, sum]) => [name, Buffer.from(sum, "hex")]));
  return hashOfParts(sums).toString("hex") === hash && files.every((file) => parts[file.format] === file.hash);
}

/** Makes all of a report. The same commentary and days make the same document, whoever asks. */
async function makeContent(
  actor: Actor,
  asked: { portfolioId: string; request: ReportRequest; commentary: Commentary },
  { now, origin }: Options,
): Promise<Content & { request: FixedRequest }> {
  const built = await buildReport(actor, asked.request, { portfolioId: asked.portfolioId, now });
  const document = withCommentary(built.document, asked.commentary);
  const files: Content["files"] = [];
  for (const format of reportFormats) {
    files.push({ format, bytes: (await toFile(document, format, { origin, at: now })).bytes });
  }
  return {
    document: JSON.stringify(document),
    records: JSON.stringify(built.records),
    files,
    request: built.request,
  };
}

/** What a draft's author has added, as it would be issued by the actor now; not issued where `on` is null. */
export function commentaryOf(draft: Draft, actor: Actor, on: Date | null): Commentary {
  const { title, summary, remarks, author } = draft;
  // Who may issue what nobody approved approves it by that.
  const approved = draft.approved ?? (on && { by: actor.name, at: on });
  return {
    ...{ title, summary, remarks, author },
    approved: approved && { by: approved.by, on: teamToday(new Date(approved.at)) },
    issuedOn: on && teamToday(on),
  };
}

/** A draft as a file, which says of itself that it is one. @throws NotFound, InvalidInput where it cannot be made */
export async function draftFile(
  actor: Actor,
  draft: Draft,
  as: ReportFormat,
  { now, origin }: Options,
): Promise<Uint8Array> {
  const { document } = await buildReport(actor, draft.request, { portfolioId: draft.portfolioId, now });
  const written = withCommentary(document, commentaryOf(draft, actor, null));
  return (await toFile(written, as, { origin, at: now })).bytes;
}

/**
 * Issues a written report. It is made before the transaction, since that takes seconds; whoever edits it meanwhile wins.
 * @throws NotFound, Forbidden, Conflict, RuleBroken
 */
export async function issueReport(actor: Actor, input: unknown, options: Options): Promise<{ id: string }> {
  return freeze(actor, await contentFor(actor, input, options), { now: options.now });
}

/** What there is to keep of a report that the actor may issue. */
async function contentFor(actor: Actor, input: unknown, options: Options): Promise<z.input<typeof freezeInput>> {
  const { now } = options;
  const parsed = targetInput.safeParse(input);
  if (!parsed.success) throw new InvalidInput({ id: ["errors.id"] });
  const { id, version } = parsed.data;
  const draft = await getDraft(actor, id);
  if (!draft) throw new NotFound();
  if (!may(actor, "issue", draft)) throw new Forbidden();
  check(draft, "issue", version);
  const commentary = commentaryOf(draft, actor, now);
  const { document, records, files } = await makeContent(actor, { ...draft, commentary }, options);
  return { id, version, content: { document, records, files } };
}

const freezeInput = targetInput.extend({ content: contentInput });

/** The same as a command, for the API. `origin`: the address of the app. */
export function issuing(origin: string): Command<typeof targetInput, { id: string }> {
  const found = issuers.get(origin);
  if (found) return found;
  const made: Command<typeof targetInput, { id: string }> = Object.assign(
    (actor: Actor, input: unknown, { now = new Date() }: CommandOptions = {}) =>
      issueReport(actor, input, { now, origin }),
    {
      // It is made on the way: whoever sends it again waits for the first.
      within: async (context: Context, input: unknown) => {
        const { actor, now } = context;
        return freeze.within(context, await contentFor(actor, input, { now, origin }));
      },
      ...{ input: targetInput, verb: "report.issue", locks: true },
    },
  );
  issuers.set(origin, made);
  return made;
}

const issuers = new Map<string, Command<typeof targetInput, { id: string }>>();

const freeze = command({
  verb: "report.issue",
  input: freezeInput,
  locks: true,
  load: lockReport,
  allow: (actor, row) => may(actor, "issue", row),
  run: async (context, row, { id, version, content }) => {
    check(row, "issue", version);
    const { tx, now, actor } = context;
    const hash = await keepFiles(tx, id, content);
    const approval = row.approvedById === null ? { approvedById: actor.id, approvedAt: now } : {};
    const { document, records } = content;
    await tx.report.update({
      where: { id },
      data: {
        ...{ document, records, hash, ...approval, state: "issued" },
        ...{ issuedById: actor.id, issuedAt: now, updatedAt: now, version: { increment: 1 } },
      },
    });
    return {
      changed: [changeOf(row, { state: [row.state, "issued"], hash: [null, Buffer.from(hash).toString("hex")] })],
      result: { id },
    };
  },
});

/** Keeps the files, each with its hash, and gives the hash over all. */
async function keepFiles(tx: Context["tx"], reportId: string, { document, records, files }: Content) {
  const parts: Record<string, Buffer> = { document: sha256(document), records: sha256(records) };
  for (const { format, bytes } of files) {
    const hash = sha256(bytes);
    parts[format] = hash;
    await tx.reportFile.create({
      data: { reportId, format, bytes: new Uint8Array(bytes), hash: new Uint8Array(hash) },
    });
  }
  return new Uint8Array(hashOfParts(parts));
}

const scheduledInput = z.strictObject({
  portfolioId: z.string(),
  title: line(300),
  request: requestSchema,
  scheduleId: uuid,
  occurrence: line(100),
});

/**
 * Makes and issues what a schedule asks for, in the system's name. Once an occurrence: the second time gives the id of what
 * is there.
 * @throws NotFound, Forbidden, InvalidInput where the report cannot be made
 */
export async function issueScheduled(
  actor: Actor,
  input: z.input<typeof scheduledInput>,
  options: Options,
): Promise<{ id: string }> {
  const { now } = options;
  const { portfolioId, request, title } = scheduledInput.parse(input);
  const commentary: Commentary = {
    ...{ title, summary: "", remarks: {}, author: null, approved: null },
    issuedOn: teamToday(now),
  };
  const made = await makeContent(actor, { portfolioId, request, commentary }, options);
  const { document, records, files } = made;
  return freezeScheduled(actor, { ...input, request: made.request, content: { document, records, files } }, { now });
}

const freezeScheduled = command({
  verb: "report.issue",
  input: scheduledInput.extend({ content: contentInput }),
  locks: true,
  // Two workers at one schedule come one after the other.
  load: async ({ tx }, { scheduleId, occurrence, portfolioId }) => {
    await tx.$queryRaw`SELECT FROM report_schedule WHERE id = ${scheduleId}::uuid FOR UPDATE`;
    const schedule = await tx.reportSchedule.findUnique({ where: { id: scheduleId, portfolioId } });
    return (
      schedule && { there: await tx.report.findFirst({ where: { scheduleId, occurrence }, select: { id: true } }) }
    );
  },
  allow: (actor) => actor.id === null,
  run: async ({ tx, now }, { there }, { content, ...own }) => {
    if (there) return { changed: [], result: there };
    const { document, records } = content;
    const { id } = await tx.report.create({
      data: { ...own, state: "approved", createdAt: now, updatedAt: now },
      select: { id: true },
    });
    const hash = await keepFiles(tx, id, content);
    await tx.report.update({ where: { id }, data: { document, records, hash, state: "issued", issuedAt: now } });
    const { title, request, scheduleId, occurrence } = own;
    const created = { title, request, scheduleId, occurrence, hash: Buffer.from(hash).toString("hex") };
    return {
      changed: [changeOf({ id, portfolioId: own.portfolioId }, { created: [null, created] })],
      result: { id },
    };
  },
});
