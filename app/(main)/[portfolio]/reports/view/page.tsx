import type { Metadata } from "next";
import { reportHtml } from "#components/reports/report-body.ts";
import { ReportDownloads } from "#components/reports/report-downloads.tsx";
import { ReportForm } from "#components/reports/report-form.tsx";
import { SaveTemplate } from "#components/reports/save-template.tsx";
import { WriteUp } from "#components/reports/write-up.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { InvalidInput } from "#lib/errors.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listMeetings } from "#lib/meetings/queries.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { parseRequest, requestQuery } from "#lib/reports/address.ts";
import { type Built, buildReport } from "#lib/reports/build.ts";
import { scopeChoices } from "#lib/reports/choices.ts";
import { mayKeepTemplates, mayWrite } from "#lib/reports/policy.ts";
import { isLong } from "#lib/tasks/queries.ts";
import { teamToday } from "#lib/team-day.ts";
import "#components/reports/report.css";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [query, locale] = await Promise.all([searchParams, requestLocale()]);
  const { request } = parseRequest(query, { locale });
  return { title: translator(locale)(`reports.template.${request.template}`) };
}

/** The report that the address asks for, as of any day and as was known on any other. */
export default async function ReportPage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  const now = new Date();
  const t = translator(locale);
  const { request, refused } = parseRequest(query, { locale });
  const [built, meetings, scopes, long] = await Promise.all([
    Object.keys(refused).length > 0
      ? refused
      : attempt(() => buildReport(actor, request, { portfolioId: portfolio, now })),
    listMeetings(actor, portfolio),
    scopeChoices(actor, { t, portfolio, scope: request.scope }),
    isLong(actor, portfolio, request),
  ]);
  const report = "document" in built ? (built as Built) : null;
  const download = (as: string) => {
    const address = requestQuery(request);
    address.set("as", as);
    return `/${portfolio}/${long ? "tasks" : "reports/download"}?${address}`;
  };
  const title = report?.document.title ?? translator(request.locale)(`reports.template.${request.template}`);
  return (
    <article className="mx-auto max-w-6xl">
      <h1 className="text-2xl">
        <span lang={request.locale}>{title}</span>
      </h1>
      <ReportForm
        t={t}
        request={request}
        today={teamToday(now)}
        meetings={meetings}
        scopes={scopes}
        wrong={report ? {} : (built as Record<string, string[]>)}
      />
      {!report && (
        <p role="alert" className="mt-4 flex items-start gap-2 text-caution">
          <Icon name="alert" className="mt-[0.2em]" />
          {t("reports.cannotShow")}
        </p>
      )}
      {report && (
        <div className="mt-4 flex flex-wrap gap-3 print:hidden">
          <ReportDownloads t={t} href={download} long={long} />
          <ClientMessages
            locale={locale}
            scopes={["common", "errors", "account.errors", "reports.errors", "reports.own", "issuing.write"]}
          >
            {mayKeepTemplates(actor, portfolio) && <SaveTemplate portfolio={portfolio} request={request} />}
            {mayWrite(actor, portfolio) && (
              <WriteUp portfolio={portfolio} request={report.request} title={report.document.title} />
            )}
          </ClientMessages>
        </div>
      )}
      {report && (
        <>
          <dl lang={request.locale} className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
            {report.document.facts.map(({ term, text }) => (
              <div key={term} className="contents">
                <dt className="text-muted">{term}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          {/* Everything in it was escaped by lib/html.ts. */}
          <div
            lang={request.locale}
            className="report"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes
            dangerouslySetInnerHTML={{ __html: reportHtml(report.document) }}
          />
        </>
      )}
    </article>
  );
}

/** The report, or what is wrong with what was asked for. */
async function attempt(build: () => Promise<Built>): Promise<Built | Record<string, string[]>> {
  try {
    return await build();
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields;
    throw error;
  }
}
