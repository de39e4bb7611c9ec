import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { ReportDocument, Section } from "./document.ts";

/** What people add to a report: title, summary and remarks, who wrote and approved it, and when it was issued. Pure. */
export type Commentary = {
  title: string;
  /** Markdown. */
  summary: string;
  /** Section → Markdown. */
  remarks: Record<string, string>;
  /** Null: made by a schedule. */
  author: string | null;
  approved: { by: string; on: Day } | null;
  /** Null: not issued yet, which the report then says of itself. */
  issuedOn: Day | null;
};

/** The section that the author's summary stands in, before all others. */
const summarySection = "key-messages";

export function withCommentary(document: ReportDocument, commentary: Commentary): ReportDocument {
  const { title, summary, remarks } = commentary;
  const t = translator(document.locale);
  const first: Section[] = summary
    ? [{ id: summarySection, title: t("issuing.summary"), blocks: [{ kind: "remark", markdown: summary }] }]
    : [];
  const sections = document.sections.map((section): Section => {
    const markdown = remarks[section.id];
    return markdown ? { ...section, blocks: [{ kind: "remark", markdown }, ...section.blocks] } : section;
  });
  return { ...document, title, facts: factsOf(document, commentary), sections: [...first, ...sections] };
}

/** Whoever looks at a report has not prepared it: its author stands in that place. */
function factsOf({ locale, facts }: ReportDocument, { author, approved, issuedOn }: Commentary) {
  const t = translator(locale);
  const f = format(locale);
  const by = t("reports.fact.by");
  return [
    ...facts.filter(({ term }) => term !== by),
    { term: by, text: author ?? t("issuing.fact.schedule") },
    ...(approved
      ? [
          {
            term: t("issuing.fact.approved"),
            text: t("issuing.fact.approvedBy", { name: approved.by, date: f.date(approved.on) }),
          },
        ]
      : []),
    { term: t("issuing.fact.issued"), text: issuedOn ? f.date(issuedOn) : t("issuing.fact.notYet") },
  ];
}
