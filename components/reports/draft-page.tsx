import { Comments, type ShownComment } from "#components/reports/comments.tsx";
import { EditableProse } from "#components/reports/editable-prose.tsx";
import { markdownHtml } from "#components/reports/prose-html.ts";
import { blocksHtml, notesHtml } from "#components/reports/report-body.ts";
import { ReportFacts } from "#components/reports/report-facts.tsx";
import { ReportFiles } from "#components/reports/report-files.tsx";
import { StateBadge } from "#components/reports/state-badge.tsx";
import { type Offered, WrittenActions } from "#components/reports/written-actions.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import { reportPath } from "#lib/paths.ts";
import type { ReportDocument } from "#lib/reports/document.ts";
import type { Comment, Draft } from "#lib/reports/written.ts";
import "#components/reports/report.css";

type Props = {
  t: Translator;
  locale: Locale;
  draft: Draft;
  /** As it would be issued, without the author's texts in its sections; or why it cannot be made. */
  made: { document: ReportDocument } | { wrong: readonly string[] };
  comments: readonly (Comment & { mayResolve: boolean })[];
  may: Offered & { edit: boolean; comment: boolean };
};

/** A report on its way: its numbers as they are, the texts of its author, and what others say about them. */
export function DraftPage({ t, locale, draft, made, comments, may }: Props) {
  const f = format(locale);
  const { id, version, state, title, summary, remarks, portfolioId } = draft;
  const report = { id, version, approved: state === "approved", locale: draft.request.locale };
  const shown = (section: string | null): ShownComment[] =>
    comments.filter((said) => said.section === section).map(({ at, ...rest }) => ({ ...rest, at: f.moment(at) }));
  const open = comments.filter(({ resolved }) => !resolved).length;
  const remarksOn = (section: string | null, of: string) => (
    <Comments reportId={id} section={section} of={of} comments={shown(section)} mayComment={may.comment} />
  );
  return (
    <article className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-4">
      <Prose report={may.edit ? report : null} part="title" value={title} label={t("issuing.edit.title")} add="">
        <h1 lang={report.locale} className="text-2xl break-words">
          {title}
        </h1>
      </Prose>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge t={t} state={state} />
        <span className="text-sm text-muted">{t("issuing.page.live")}</span>
      </p>
      <WrittenActions portfolio={portfolioId} target={{ id, version }} offered={may} openComments={open} />
      {"wrong" in made ? (
        <div role="alert" className="text-critical">
          <p>{t("issuing.page.fails")}</p>
          {made.wrong.map((key) => (
            <p key={key}>{translateKey(t, key)}</p>
          ))}
        </div>
      ) : (
        <>
          <ReportFacts document={made.document} />
          <ReportFiles
            t={t}
            label={t("issuing.page.draftFiles")}
            address={(as) => `${reportPath(portfolioId, id)}/download?as=${as}`}
          />
        </>
      )}
      {remarksOn(null, t("issuing.comment.whole"))}
      <section aria-labelledby="key-messages">
        <h2 id="key-messages" className="mt-2 text-xl font-semibold">
          {t("issuing.summary")}
        </h2>
        <Prose
          report={may.edit ? report : null}
          part="summary"
          value={summary}
          label={t("issuing.edit.summary")}
          add={t("issuing.edit.addSummary")}
        >
          <Written markdown={summary} locale={report.locale} />
        </Prose>
      </section>
      {"document" in made &&
        made.document.sections.map((section) => (
          <section key={section.id} id={section.id} aria-labelledby={`${section.id}-h`}>
            <h2 id={`${section.id}-h`} lang={report.locale} className="mt-4 text-xl font-semibold">
              {section.title}
            </h2>
            <Prose
              report={may.edit ? report : null}
              part={{ section: section.id }}
              value={remarks[section.id] ?? ""}
              label={t("issuing.edit.remark", { section: section.title })}
              add={t("issuing.edit.addRemark")}
            >
              <Written markdown={remarks[section.id] ?? ""} locale={report.locale} />
            </Prose>
            <Raw html={blocksHtml(section.blocks, made.document)} locale={report.locale} />
            {remarksOn(section.id, t("issuing.comment.section", { section: section.title }))}
          </section>
        ))}
      {"document" in made && <Raw html={notesHtml(made.document)} locale={report.locale} />}
    </article>
  );
}

type ProseProps = Omit<Parameters<typeof EditableProse>[0], "report"> & {
  report: Parameters<typeof EditableProse>[0]["report"] | null;
};

/** A text that some may edit. */
function Prose({ report, children, ...rest }: ProseProps) {
  if (!report) return children;
  return (
    <EditableProse report={report} {...rest}>
      {children}
    </EditableProse>
  );
}

function Written({ markdown, locale }: { markdown: string; locale: Locale }) {
  return markdown === "" ? null : (
    <Raw html={`<div class=remark>${markdownHtml(markdown).text}</div>`} locale={locale} />
  );
}

/** What our own templates wrote, in which everything was escaped (lib/html.ts). */
function Raw({ html, locale }: { html: string; locale: Locale }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes
  return <div lang={locale} className="report" dangerouslySetInnerHTML={{ __html: html }} />;
}
