import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { reportHtml } from "#components/reports/report-body.ts";
import { ReportForm } from "#components/reports/report-form.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { teamToday } from "#lib/command.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translateKey, translator } from "#lib/i18n/translator.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { buildStatus, momentOf } from "#lib/reports/build.ts";
import { parseAsked } from "#lib/reports/schema.ts";
import { requireActor } from "#lib/session.ts";
import "#components/reports/report.css";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reports.status") };
}

/** The status of commitments, as of any day and as was known on any other. */
export default async function ReportPage({ params, searchParams }: Props) {
  const [{ portfolio }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  if (!(await findPortfolio(actor, portfolio))) notFound();
  const now = new Date();
  const today = teamToday(now);
  const { asked, refused } = parseAsked(query, { today, locale });
  const { day, known } = asked;
  const report = await buildStatus(actor, {
    portfolioId: portfolio,
    locale: asked.locale,
    asOf: { day, known: momentOf(known, now) },
  });
  const t = translator(locale);
  const address = (as: string) =>
    `/${portfolio}/reports/download?${new URLSearchParams({ as, day, known, lang: asked.locale })}`;
  return (
    <article className="mx-auto max-w-6xl">
      <h1 className="text-2xl">
        <span lang={asked.locale}>{report.title}</span>
      </h1>
      <ReportForm t={t} asked={asked} today={today} download={address} />
      {refused.map((key) => (
        <p key={key} className="mt-2 flex items-start gap-2 text-caution">
          <Icon name="alert" className="mt-[0.2em]" />
          {translateKey(t, key)}
        </p>
      ))}
      <dl lang={asked.locale} className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {report.facts.map(({ term, text }) => (
          <div key={term} className="contents">
            <dt className="text-muted">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {/* Everything in it was escaped by lib/html.ts. */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes */}
      <div lang={asked.locale} className="report" dangerouslySetInnerHTML={{ __html: reportHtml(report) }} />
    </article>
  );
}
