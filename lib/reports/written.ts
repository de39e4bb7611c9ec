import type { Actor } from "#lib/actor.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { ReportState } from "#prisma/generated/enums.ts";
import type { ReportDocument } from "./document.ts";
import type { ReportFormat } from "./formats.ts";
import { visibleReports, writesIn } from "./policy.ts";
import type { ReportRecord } from "./records.ts";
import type { FixedRequest, Template } from "./request.ts";

/** Reading reports that are being written, and those that were issued. */

/** A report in a list. */
export type ListedReport = {
  id: string;
  title: string;
  template: Template;
  locale: Locale;
  /** As of which day. */
  day: string;
  state: ReportState;
  /** Null: a schedule made it. */
  author: string | null;
  updatedAt: Date;
  issuedAt: Date | null;
  /** Comments that nobody has dealt with, for those who write. */
  comments: number;
};

const listed = (
  actor: Actor,
): Fragment => sql`r.id, r.title, r.request->>'template' AS template, r.request->>'locale' AS locale,
  r.request->>'day' AS day, r.state, a.name AS author, r.updated_at AS "updatedAt", r.issued_at AS "issuedAt",
  (SELECT count(*)::int FROM report_comment m WHERE m.report_id = r.id AND m.resolved_at IS NULL AND ${writesIn(actor)}) AS comments`;

/** What is being written, what was touched last first. */
export async function listWritten(actor: Actor, portfolioId: string): Promise<ListedReport[]> {
  return reading(actor)<ListedReport[]>`
    SELECT ${listed(actor)} FROM report r LEFT JOIN person a ON a.id = r.author_id
    WHERE ${visibleReports(actor, portfolioId)} AND r.state <> 'issued' ORDER BY r.updated_at DESC, r.id DESC LIMIT 200`;
}

/** How many issued reports a list shows at a time. */
const issuedPage = 30;

/** What was issued, the newest first: those after the one with the id `after`, if any. `more`: there are older ones. */
export async function listIssued(
  actor: Actor,
  portfolioId: string,
  { after }: { after: string | null },
): Promise<{ reports: ListedReport[]; more: boolean }> {
  const older =
    after === null ? sql`true` : sql`(r.issued_at, r.id) < (SELECT issued_at, id FROM report WHERE id = ${after})`;
  const found = await reading(actor)<ListedReport[]>`
    SELECT ${listed(actor)} FROM report r LEFT JOIN person a ON a.id = r.author_id
    WHERE ${visibleReports(actor, portfolioId)} AND r.state = 'issued' AND ${older}
    ORDER BY r.issued_at DESC, r.id DESC LIMIT ${issuedPage + 1}`;
  return { reports: found.slice(0, issuedPage), more: found.length > issuedPage };
}

/** A report as its author left it. */
export type Draft = {
  id: string;
  portfolioId: string;
  version: number;
  state: ReportState;
  title: string;
  request: FixedRequest;
  summary: string;
  remarks: Record<string, string>;
  authorId: string | null;
  author: string | null;
  approved: { by: string; at: string } | null;
  issued: { by: string | null; at: string } | null;
  updatedAt: Date;
  /** SHA-256 over all, in hex, of an issued one. */
  hash: string | null;
};

const drafted =
  (): Fragment => sql`r.id, r.portfolio_id AS "portfolioId", r.version, r.state, r.title, r.request, r.summary, r.remarks,
  r.author_id AS "authorId", a.name AS author, r.updated_at AS "updatedAt", encode(r.hash, 'hex') AS hash,
  CASE WHEN r.approved_at IS NOT NULL THEN json_build_object('by', p.name, 'at', r.approved_at) END AS approved,
  CASE WHEN r.issued_at IS NOT NULL THEN json_build_object('by', i.name, 'at', r.issued_at) END AS issued`;

const people = (): Fragment => sql`LEFT JOIN person a ON a.id = r.author_id
  LEFT JOIN person p ON p.id = r.approved_by_id LEFT JOIN person i ON i.id = r.issued_by_id`;

/** A written or issued report of any portfolio, without its document. Null: there is none that the actor may see. */
export async function getDraft(actor: Actor, id: string): Promise<Draft | null> {
  const [row] = await reading(actor)<Draft[]>`
    SELECT ${drafted()} FROM report r ${people()} WHERE r.id = ${id} AND ${visibleReports(actor, null)}`;
  return row ?? null;
}

/** A comment. `section` null: on the whole. */
export type Comment = {
  id: string;
  version: number;
  section: string | null;
  authorId: string;
  author: string;
  at: Date;
  text: string;
  resolved: boolean;
};

/** What was said of a report while it was written, for those who write. */
export async function listComments(actor: Actor, reportId: string): Promise<Comment[]> {
  return reading(actor)<Comment[]>`
    SELECT m.id, m.version, m.section, m.author_id AS "authorId", a.name AS author, m.at, m.text, m.resolved_at IS NOT NULL AS resolved
    FROM report_comment m JOIN report r ON r.id = m.report_id JOIN person a ON a.id = m.author_id
    WHERE m.report_id = ${reportId} AND ${visibleReports(actor, null)} AND ${writesIn(actor)} ORDER BY m.at, m.id`;
}

type IssuedFile = { format: ReportFormat; bytes: number; hash: string };

/** What an issued report consists of. Null: there is none that the actor may see. */
export async function getIssued(actor: Actor, id: string): Promise<Issued | null> {
  const [row] = await reading(actor)<
    (Pick<Issued, "files"> & { document: string; parts: Record<string, string>; hash: string })[]
  >`
    SELECT r.document, encode(r.hash, 'hex') AS hash,
      (SELECT json_agg(json_build_object('format', f.format, 'bytes', length(f.bytes), 'hash', encode(f.hash, 'hex')))
        FROM report_file f WHERE f.report_id = r.id) AS files,
      (SELECT json_object_agg(name, encode(sum, 'hex')) FROM (
        SELECT 'document' AS name, sha256(convert_to(r.document, 'UTF8')) AS sum
        UNION ALL SELECT 'records', sha256(convert_to(r.records, 'UTF8'))
        UNION ALL SELECT f.format, sha256(f.bytes) FROM report_file f WHERE f.report_id = r.id) s) AS parts
    FROM report r WHERE r.id = ${id} AND r.state = 'issued' AND ${visibleReports(actor, null)}`;
  if (!row) return null;
  const { document, files, parts, hash } = row;
  return { document: JSON.parse(document), files, parts, hash };
}

/** `parts`: the name of each part → its SHA-256, in hex, as it is now. */
export type Issued = {
  document: ReportDocument;
  files: IssuedFile[];
  parts: Record<string, string>;
  hash: string;
};

/** The records of an issued report, as they stood. Null: there is none that the actor may see. */
export async function getIssuedRecords(actor: Actor, id: string): Promise<ReportRecord[] | null> {
  const [row] = await reading(actor)<{ records: string }[]>`
    SELECT r.records FROM report r WHERE r.id = ${id} AND r.state = 'issued' AND ${visibleReports(actor, null)}`;
  return row ? JSON.parse(row.records) : null;
}

/** A file of an issued report. Null: there is none that the actor may see. */
export async function getFile(
  actor: Actor,
  id: string,
  format: ReportFormat,
): Promise<{ bytes: Buffer; hash: Buffer } | null> {
  const [row] = await reading(actor)<{ bytes: Buffer; hash: Buffer }[]>`
    SELECT f.bytes, f.hash FROM report_file f JOIN report r ON r.id = f.report_id
    WHERE r.id = ${id} AND f.format = ${format} AND r.state = 'issued' AND ${visibleReports(actor, null)}`;
  return row ?? null;
}
