import { reportHtml } from "#components/reports/report-body.ts";
import { ReportFacts } from "#components/reports/report-facts.tsx";
import { ReportFiles } from "#components/reports/report-files.tsx";
import { StateBadge } from "#components/reports/state-badge.tsx";
import { WriteAgain } from "#components/reports/written-actions.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { reportPath } from "#lib/paths.ts";
import type { Draft, Issued } from "#lib/reports/written.ts";
import "#components/reports/report.css";

type Props = {
  t: Translator;
  locale: Locale;
  report: Draft;
  issued: Issued;
  /** Whether what is kept has the hash that it was issued with. */
  intact: boolean;
  mayWrite: boolean;
};

/** A report as it was issued: the document that is kept, its files, and the hashes by which anybody can check them. */
export function IssuedPage({ t, locale, report, issued, intact, mayWrite }: Props) {
  const { document, files, parts, hash } = issued;
  const { id, portfolioId } = report;
  const f = format(locale);
  return (
    <article className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-4">
      <h1 lang={document.locale} className="text-2xl break-words">
        {document.title}
      </h1>
      <p>
        <StateBadge t={t} state="issued" />
      </p>
      <ReportFacts document={document} />
      <ReportFiles
        t={t}
        label={t("issuing.page.files")}
        address={(as) => `${reportPath(portfolioId, id)}/download?as=${as}`}
      />
      <div className="flex flex-wrap gap-2 print:hidden">
        <LinkButton href={`/${portfolioId}/reports/compare?a=${id}&b=now`} icon="history">
          {t("issuing.page.compare")} …
        </LinkButton>
        {mayWrite && <WriteAgain portfolio={portfolioId} id={id} />}
      </div>
      {!intact && (
        <p role="alert" className="flex gap-2 text-critical">
          <Icon name="alert" className="mt-[0.2em]" />
          {t("issuing.page.broken")}
        </p>
      )}
      <div className="text-sm">
        <p>
          <span className="text-muted">{t("issuing.page.hash")}</span> <code className="break-all">{hash}</code>
        </p>
        {intact && <p className="text-muted">{t("issuing.page.hashHelp")}</p>}
        <details className="mt-1 print:hidden">
          <summary className="control cursor-pointer">{t("issuing.page.fileHash")}</summary>
          <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
            {Object.entries(parts)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([part, sum]) => {
                const file = files.find(({ format: as }) => as === part);
                return (
                  <div key={part} className="contents">
                    <dt>
                      {file
                        ? t(`reports.form.${file.format}`)
                        : t(`issuing.page.part.${part as "document" | "records"}`)}
                      {file && (
                        <span className="text-muted">
                          {" "}
                          {t("issuing.page.bytes", { size: f.number(Math.ceil(file.bytes / 1024)) })}
                        </span>
                      )}
                    </dt>
                    <dd>
                      <code className="break-all">{sum}</code>
                    </dd>
                  </div>
                );
              })}
          </dl>
        </details>
      </div>
      <div
        lang={document.locale}
        className="report"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes
        dangerouslySetInnerHTML={{ __html: reportHtml(document) }}
      />
    </article>
  );
}
