import { z } from "zod";
import { InvalidInput, RuleBroken } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { locales } from "#lib/i18n/locales.ts";
import { parseRequest } from "#lib/reports/address.ts";
import { buildReport } from "#lib/reports/build.ts";
import { comment, resolveComment } from "#lib/reports/comments.ts";
import { asOfToday, type ComparedFigure, compareReports } from "#lib/reports/compare.ts";
import * as drafts from "#lib/reports/drafts.ts";
import { toFile } from "#lib/reports/files.ts";
import { fileKinds, type ReportFormat, reportFormats } from "#lib/reports/formats.ts";
import { draftFile, isIntact, issuing } from "#lib/reports/issuing.ts";
import { templates } from "#lib/reports/request.ts";
import * as written from "#lib/reports/written.ts";
import { isLong } from "#lib/tasks/queries.ts";
import { slugOf, uuid } from "#lib/text.ts";
import { ReportState } from "#prisma/generated/enums.ts";
import type { Call, Operation, Writing } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** Reports: made of the register, written up, approved, issued, compared. */

const { instant, day } = shapes;
const as = z.enum(reportFormats, { error: "errors.choice" });
const media = [...new Set(Object.values(fileKinds).map(({ type }) => type))];

/** What a report is asked for, in the words of its page's address (lib/reports/address.ts). */
const asked = Object.fromEntries(
  [
    "template",
    "scope",
    "period",
    "from",
    "to",
    "fromMeeting",
    "toMeeting",
    "months",
    "day",
    "known",
    "lang",
    "record",
  ].map((name) => [name, z.string().max(4000, "errors.text.tooLong").optional()]),
);
const sections = { section: z.string() };

async function built(call: Call) {
  const portfolio = await portfolioOf(call);
  if (!portfolio) return null;
  const { actor, query, search, locale, now } = call;
  const { request, refused } = parseRequest(
    { ...(query as Record<string, string>), section: search.getAll("section") },
    { locale },
  );
  if (Object.keys(refused).length > 0) throw new InvalidInput(refused);
  if (await isLong(actor, portfolio.id, request)) throw new RuleBroken("api.errors.long");
  return { ...(await buildReport(actor, request, { portfolioId: portfolio.id, now })), portfolio };
}

const listed = z.strictObject({
  id: z.uuid(),
  title: z.string(),
  template: z.enum(templates),
  locale: z.enum(locales),
  day,
  state: z.enum(ReportState),
  author: z.string().nullable(),
  updatedAt: instant,
  issuedAt: instant.nullable(),
  comments: z.int(),
});

const request = z.record(z.string(), z.unknown());
const document = z.record(z.string(), z.unknown());
const by = { at: z.string() };

const whole = z.strictObject({
  id: z.uuid(),
  portfolioId: z.string(),
  version: z.int().positive(),
  state: z.enum(ReportState),
  title: z.string(),
  request,
  summary: z.string(),
  remarks: z.record(z.string(), z.string()),
  authorId: z.uuid().nullable(),
  author: z.string().nullable(),
  approved: z.strictObject({ ...by, by: z.string() }).nullable(),
  issued: z.strictObject({ ...by, by: z.string().nullable() }).nullable(),
  updatedAt: instant,
  hash: z.string().nullable(),
  comments: z.array(
    z.strictObject({
      id: z.uuid(),
      version: z.int().positive(),
      section: z.string().nullable(),
      authorId: z.uuid(),
      author: z.string(),
      at: instant,
      text: z.string(),
      resolved: z.boolean(),
    }),
  ),
  /** Of an issued one. `intact`: what is kept is what was issued. */
  kept: z
    .strictObject({
      document,
      files: z.array(z.strictObject({ format: as, bytes: z.int(), hash: z.string() })),
      intact: z.boolean(),
    })
    .nullable(),
});

async function read({ actor, params }: Call) {
  const id = String(params.id);
  const [draft, comments, issued] = await Promise.all([
    written.getDraft(actor, id),
    written.listComments(actor, id),
    written.getIssued(actor, id),
  ]);
  if (!draft) return null;
  const kept = issued && { document: issued.document, files: issued.files, intact: isIntact(issued) };
  return { ...draft, comments, kept };
}

async function file({ actor, params, query, now, origin }: Call): Promise<Response | null> {
  const [id, format] = [String(params.id), query.as as ReportFormat];
  const draft = await written.getDraft(actor, id);
  if (!draft) return null;
  const { type, extension } = fileKinds[format];
  const name = `${slugOf(draft.title) || "report"}-${draft.request.day}.${extension}`;
  if (draft.state !== "issued")
    return fileAnswer(await draftFile(actor, draft, format, { now, origin }), { type, name });
  const kept = await written.getFile(actor, id, format);
  return kept && fileAnswer(kept.bytes, { type, name });
}

/** What an issued report kept; without an id, the same as of today. */
async function side({ actor, now, today }: Call, id: string | undefined, first?: written.Draft) {
  if (id === undefined && first) {
    const asOf = asOfToday(first.request, today);
    return buildReport(actor, asOf, { portfolioId: first.portfolioId, now });
  }
  const [issued, records] = await Promise.all([
    written.getIssued(actor, id ?? ""),
    written.getIssuedRecords(actor, id ?? ""),
  ]);
  return issued && records && { document: issued.document, records };
}

async function compare(call: Call) {
  const { first, second } = call.query as { first: string; second?: string };
  const draft = await written.getDraft(call.actor, first);
  if (!draft) return null;
  const [before, after] = [await side(call, first), await side(call, second, draft)];
  if (!before || !after) return null;
  const { came, left, changed, figures } = compareReports(before, after);
  return {
    came: came.map(({ reference }) => reference),
    left: left.map(({ reference }) => reference),
    changed: changed.map(({ record, changes }) => ({ reference: record.reference, changes })),
    figures: figures.map(({ section, label, before: had, after: has }: ComparedFigure) => ({
      ...{ section, label, before: had.value, after: has.value },
    })),
  };
}

const step = (name: string, command: Writing["command"], least: Writing["least"]): Writing => ({
  method: "POST",
  path: `/reports/{id}/${name}`,
  least,
  command,
  output: shapes.edited,
});

export const reports: Record<string, Operation> = {
  "reports.build": {
    method: "GET",
    path: "/reports/document",
    least: "viewer",
    query: { portfolio: portfolioParameter, ...asked },
    lists: sections,
    output: z.strictObject({ request, document }),
    give: async (call) => {
      const made = await built(call);
      return made && { request: made.request, document: made.document };
    },
  },
  "reports.download": {
    method: "GET",
    path: "/reports/file",
    least: "viewer",
    query: { portfolio: portfolioParameter, as, ...asked },
    lists: sections,
    media,
    fetch: async (call) => {
      const made = await built(call);
      if (!made) return null;
      const { origin, now: at } = call;
      const { type, extension, bytes } = await toFile(made.document, call.query.as as ReportFormat, { origin, at });
      const { template, day: on, locale } = made.request;
      return fileAnswer(bytes, { type, name: `${template}-${made.portfolio.id}-${on}-${locale}.${extension}` });
    },
  },
  "reports.list": {
    method: "GET",
    path: "/reports",
    least: "viewer",
    query: {
      portfolio: portfolioParameter,
      state: z.enum(["written", "issued"], { error: "errors.filter" }).default("issued"),
      cursor: uuid.optional(),
    },
    output: shapes.page(listed),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      if (!portfolio) return null;
      const { state, cursor: after = null } = call.query as { state: string; cursor?: string };
      if (state === "written") return { data: await written.listWritten(call.actor, portfolio.id), next: null };
      const { reports: data, more } = await written.listIssued(call.actor, portfolio.id, { after });
      return { data, next: more ? (data.at(-1)?.id ?? null) : null };
    },
  },
  "reports.compare": {
    method: "GET",
    path: "/reports/comparison",
    least: "viewer",
    query: { first: uuid, second: uuid.optional() },
    output: z.strictObject({
      came: z.array(z.string()),
      left: z.array(z.string()),
      changed: z.array(z.strictObject({ reference: z.string(), changes: z.record(z.string(), z.array(z.unknown())) })),
      figures: z.array(
        z.strictObject({ section: z.string(), label: z.string(), before: z.number(), after: z.number() }),
      ),
    }),
    give: compare,
  },
  "reports.get": { method: "GET", path: "/reports/{id}", least: "viewer", output: whole, give: read },
  "reports.file": { method: "GET", path: "/reports/{id}/file", least: "viewer", query: { as }, media, fetch: file },
  "reports.create": {
    method: "POST",
    path: "/reports",
    least: "editor",
    command: drafts.writeUp,
    output: shapes.edited,
    creates: "/reports",
  },
  "reports.again": { ...step("again", drafts.writeAgain, "editor"), creates: "/reports" },
  "reports.edit": {
    method: "PUT",
    path: "/reports/{id}",
    least: "editor",
    command: drafts.editReport,
    output: shapes.edited,
  },
  "reports.submit": step("submit", drafts.submitReport, "editor"),
  "reports.approve": step("approve", drafts.approveReport, "manager"),
  "reports.sendBack": step("send-back", drafts.sendBackReport, "manager"),
  "reports.issue": {
    ...step("issue", issuing(""), "manager"),
    output: z.strictObject({ id: z.uuid() }),
    at: issuing,
  },
  "reports.discard": {
    method: "DELETE",
    path: "/reports/{id}",
    least: "editor",
    command: drafts.discardReport,
    output: z.strictObject({ id: z.uuid() }),
  },
  "reports.comment": {
    method: "POST",
    path: "/reports/{reportId:id}/comments",
    least: "editor",
    command: comment,
    output: shapes.edited,
  },
  "reports.resolve": {
    method: "PUT",
    path: "/reports/comments/{id}",
    least: "editor",
    command: resolveComment,
    output: shapes.edited,
  },
};
