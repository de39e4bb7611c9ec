import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { oneLine } from "#lib/mail.ts";
import { type ComposedLetter, type Content, longestSubject } from "./letter.ts";
import { asHtml } from "./template.ts";
import { asText } from "./text.ts";

/** The letter around a scheduled report. */

/** What goes with it: all but its bytes. */
type ReportFileNamed = { name: string; type: string; bytes: number; format: string | null };

/** What a letter says of the report that it brings. */
export type DraftReport = {
  scheduleId: string;
  /** What the schedule is called, and who put people on its list. */
  schedule: string;
  owner: string;
  portfolio: { id: string; name: LocalizedText };
  title: string;
  /** The report's language. */
  locale: Locale;
  /** Null: somebody tries it, and nothing was issued. */
  reportId: string | null;
  files: ReportFileNamed[];
};

/** Mail servers refuse letters that are much larger. */
export const attachedMost = 10_000_000;

/** Those that go with the letter, in their order, and those that are to be fetched. */
export function packed<F extends { bytes: number }>(files: readonly F[]): { attached: F[]; left: F[] } {
  let room = attachedMost;
  const attached: F[] = [];
  const left: F[] = [];
  for (const file of files) {
    if (file.bytes > room) left.push(file);
    else {
      attached.push(file);
      room -= file.bytes;
    }
  }
  return { attached, left };
}

type Options = {
  /** Empty: an address that is nobody's here. */
  name: string;
  locale: Locale;
  publicUrl: string;
  /** Where the reader ends it. */
  stopUrl: string;
};

export function composeReport(report: DraftReport, { name, locale, publicUrl, stopUrl }: Options): ComposedLetter {
  const t = translator(locale);
  const { title, schedule, owner, portfolio, reportId, files } = report;
  const { attached, left } = packed(files);
  const named = (some: readonly ReportFileNamed[]) => format(locale).list(some.map((file) => file.name));
  const said = { title, register: pickText(portfolio.name, locale) };
  const subject = oneLine(`Kept – ${title}`);
  const content: Content = {
    locale,
    subject: subject.length > longestSubject ? `${subject.slice(0, longestSubject - 1).trimEnd()}…` : subject,
    lead: name ? t("schedules.letter.lead", { ...said, who: name }) : t("schedules.letter.leadNobody", said),
    paragraphs: [
      ...(attached.length > 0 ? [t("schedules.letter.attached", { files: named(attached) })] : []),
      ...(left.length > 0 ? [t("schedules.letter.tooLarge", { files: named(left) })] : []),
      ...(reportId === null ? [t("schedules.letter.trial")] : []),
    ],
    link: reportId
      ? { text: t("schedules.letter.open"), href: `${publicUrl}/${portfolio.id}/reports/${reportId}` }
      : null,
    groups: [],
    footer: t("schedules.letter.footer", { owner, name: schedule }),
    settings: { text: t("schedules.letter.stop"), href: stopUrl },
  };
  return { subject: content.subject, text: asText(content), html: asHtml(content) };
}
