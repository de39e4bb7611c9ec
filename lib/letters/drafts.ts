import { z } from "zod";
import { type Actor, isMemberOf } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import type { LocalizedText } from "#lib/i18n/text.ts";
import { isSystem } from "#lib/people/policy.ts";
import type { About } from "#lib/reminders/rules.ts";
import { fileKinds, type ReportFormat } from "#lib/reports/formats.ts";
import { slugOf } from "#lib/text.ts";
import type { Locale, Topic } from "#prisma/generated/enums.ts";
import type { Notice } from "./account-letter.ts";
import { type DraftReport, packed } from "./report-letter.ts";

/** A date as the text says it, and what that means. */
export type Said = { phrase: string | null; edtf: string | null; latest: Day | null };

/** What a letter says of one reminder. */
export type LetterItem = {
  id: string;
  topic: Topic;
  day: Day;
  about: About;
  portfolio: { id: string; name: LocalizedText };
  /** The filter of the rule that asked for it, as the register's address has it. */
  query: string;
  /** Null for a list of many. */
  record: {
    reference: string;
    title: LocalizedText;
    owned: boolean;
    deadline: Said;
    /** Of an instrument that ends: what is open under it, the first few. */
    under: { reference: string; title: LocalizedText }[];
    underCount: number;
  } | null;
  milestone: ({ title: LocalizedText } & Said) | null;
};

export type Draft = {
  id: string;
  messageId: string;
  /** To an address that is nobody's here: without an id and a name. */
  person: { id: string | null; name: string; email: string; locale: Locale | null };
  /** Whether the person still is to get it. */
  reachable: boolean;
  items: LetterItem[];
  /** Of a letter that brings a report: there are no items then. */
  report: DraftReport | null;
  /** Of a letter about one's own account: neither items nor a report then. */
  notice: Notice | null;
  createdAt: Date;
};

/** So many of what is open under an instrument are named. */
const namedUnder = 10;

/** What letters have to say at this moment, for the worker: nothing of it is kept from the time they were made. */
export async function readDrafts(actor: Actor, ids: readonly string[]): Promise<Map<string, Draft>> {
  if (!isSystem(actor) || ids.length === 0) return new Map();
  const rows = await reading(actor)<Draft[]>`
    SELECT l.id, l.message_id AS "messageId", l.notice, l.created_at AS "createdAt",
      json_build_object('id', p.id, 'name', coalesce(p.name, l.notice->>'name', ''), 'email', coalesce(p.email, l.recipient),
        'locale', coalesce(p.locale::text, l.notice->>'locale')) AS person,
      CASE WHEN l.notice IS NOT NULL THEN ${accountReachable()} WHEN l.recipient IS NOT NULL THEN l.recipient = ANY(s.addresses)
        ELSE p.disabled_at IS NULL AND NOT p.demo AND CASE WHEN s.id IS NULL THEN coalesce(rp.mail, true)
          ELSE ${isMemberOf(sql`s.portfolio_id`)} AND (l.report_id IS NULL OR p.id = ANY(s.person_ids)) END END AS reachable,
      CASE WHEN s.id IS NOT NULL THEN json_build_object('scheduleId', s.id, 'schedule', s.name, 'owner', w.name,
        'portfolio', json_build_object('id', o.id, 'name', o.name), 'title', coalesce(i.title, s.name), 'locale', s.request->>'locale',
        'reportId', i.id, 'files', (SELECT coalesce(json_agg(f ORDER BY f.place, f.name), '[]') FROM (
            SELECT NULL AS name, NULL AS type, f.format, length(f.bytes) AS bytes, array_position(s.formats, f.format) AS place
              FROM report_file f WHERE f.report_id = i.id AND f.format = ANY(s.formats)
            UNION ALL SELECT f.name, f.type, NULL, length(f.bytes), 0 FROM letter_file f WHERE f.letter_id = l.id) f)) END AS report,
      (SELECT coalesce(json_agg(json_build_object(
          'id', r.id, 'topic', r.topic, 'day', r.day, 'about', r.about,
          'portfolio', json_build_object('id', f.id, 'name', f.name),
          'query', coalesce(u.query, ''),
          'record', CASE WHEN c.id IS NOT NULL THEN json_build_object(
            'reference', c.reference, 'title', c.title, 'owned', c.owner_id IS NOT NULL,
            'deadline', json_build_object('phrase', c.deadline_phrase, 'edtf', c.deadline_edtf, 'latest', c.deadline_latest),
            'under', coalesce(n.named, '[]'::json), 'underCount', coalesce(n.count, 0)) END,
          'milestone', CASE WHEN m.id IS NOT NULL THEN
            json_build_object('title', m.title, 'phrase', m.phrase, 'edtf', m.edtf, 'latest', m.latest) END)
          ORDER BY r.day, c.number, r.id), '[]')
        FROM reminder r JOIN portfolio f ON f.id = r.portfolio_id
        LEFT JOIN commitment c ON c.id = r.commitment_id
        LEFT JOIN reminder_rule u ON u.id = r.rule_id
        LEFT JOIN milestone m ON m.id::text = r.about->>'milestoneId'
        LEFT JOIN LATERAL (
          SELECT count(*)::int, json_agg(json_build_object('reference', k.reference, 'title', k.title) ORDER BY k.due, k.number)
            FILTER (WHERE k.place <= ${namedUnder}) AS named
          FROM (SELECT k.*, row_number() OVER (ORDER BY k.due, k.number) AS place FROM commitment k
            WHERE k.parent_id = c.id AND k.rank = 0) k
        ) n ON r.about->>'kind' IN ('instrument_end', 'notice')
        WHERE r.letter_id = l.id AND r.dropped_at IS NULL AND ${isMemberOf(sql`r.portfolio_id`)}) AS items
    FROM letter l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN reminder_preference rp ON rp.person_id = p.id
      LEFT JOIN report_schedule s ON s.id = l.schedule_id LEFT JOIN person w ON w.id = s.owner_id
      LEFT JOIN portfolio o ON o.id = s.portfolio_id LEFT JOIN report i ON i.id = l.report_id
    WHERE l.id = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, { ...row, report: row.report && withNames(row.report) }]));
}

/**
 * Notices reach everybody but those of a demonstration, also who was disabled: that is what they tell. A link goes to whoever
 * can sign in, and not where there was a newer one, or one of them set a password.
 */
const accountReachable =
  () => sql`(l.recipient IS NOT NULL OR NOT p.demo) AND (l.notice->>'kind' NOT IN ('invitation', 'forgotten')
  OR (p.disabled_at IS NULL
    AND NOT EXISTS (SELECT FROM letter n WHERE n.person_id = l.person_id AND n.created_at > l.created_at
      AND n.notice->>'kind' IN ('invitation', 'forgotten'))
    AND NOT EXISTS (SELECT FROM setup_link k WHERE k.person_id = l.person_id
      AND (k.created_at > l.created_at OR k.used_at >= l.created_at))))`;

/** Files of an issued report are named by what it is called and their format. */
function withNames(report: DraftReport): DraftReport {
  const files = report.files.map((file) => {
    if (file.format === null) return file;
    const { type, extension } = fileKinds[file.format as ReportFormat];
    return { ...file, type, name: `${slugOf(report.title) || "report"}.${extension}` };
  });
  return { ...report, files };
}

type Attachment = { name: string; type: string; bytes: Uint8Array };

/** The files that go with a letter, for the worker. */
export async function readAttachments(
  actor: Actor,
  letterId: string,
  { reportId, files }: DraftReport,
): Promise<Attachment[]> {
  if (!isSystem(actor)) return [];
  const { attached } = packed(files);
  return Promise.all(
    attached.map(async ({ name, type, format }) => {
      const [row] = await reading(actor)<{ bytes: Uint8Array }[]>`SELECT bytes FROM ${
        format === null
          ? sql`letter_file WHERE letter_id = ${letterId} AND name = ${name}`
          : sql`report_file WHERE report_id = ${reportId} AND format = ${format}`
      }`;
      if (!row) throw new Error(`letter ${letterId} has no file ${name}`);
      return { name, type, bytes: row.bytes };
    }),
  );
}

/** An address that a mail server cannot take for two, or for another one. The form for people lets no other in. */
export const isPlainAddress = (address: string): boolean =>
  /^[\x21-\x7e]{3,254}$/.test(address) && z.regexes.email.test(address);
