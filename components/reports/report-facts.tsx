import type { ReportDocument } from "#lib/reports/document.ts";

/** What stands on a report's cover. */
export function ReportFacts({ document }: { document: Pick<ReportDocument, "locale" | "facts"> }) {
  return (
    <dl lang={document.locale} className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {document.facts.map(({ term, text }) => (
        <div key={term} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="break-words">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
