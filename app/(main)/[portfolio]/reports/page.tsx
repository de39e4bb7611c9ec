import type { Metadata } from "next";
import { IssuedList, WrittenList } from "#components/reports/report-lists.tsx";
import { ReportWays } from "#components/reports/report-ways.tsx";
import { OwnTemplates, TemplateList } from "#components/reports/template-lists.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listTemplates } from "#lib/reports/own-list.ts";
import { mayKeepTemplates, mayWrite } from "#lib/reports/policy.ts";
import { may as maySchedules } from "#lib/reports/schedules/policy.ts";
import { listIssued, listWritten } from "#lib/reports/written.ts";
import { requireActor } from "#lib/session.ts";
import { uuid } from "#lib/text.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reports.title") };
}

/** What can be reported. */
export default async function ReportsPage({ params, searchParams }: Props) {
  const [{ portfolio }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  const after = uuid.safeParse([query.after].flat()[0]).data ?? null;
  const [written, issued, own] = await Promise.all([
    listWritten(actor, portfolio),
    listIssued(actor, portfolio, { after }),
    listTemplates(actor, portfolio),
  ]);
  const t = translator(locale);
  return (
    <article className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("reports.title")}</h1>
        <ReportWays t={t} portfolio={portfolio} schedules={maySchedules(actor, "see", portfolio)} />
      </div>
      <TemplateList t={t} portfolio={portfolio} locale={locale} />
      <OwnTemplates
        actor={actor}
        t={t}
        portfolio={portfolio}
        locale={locale}
        templates={own}
        mayKeep={mayKeepTemplates(actor, portfolio)}
      />
      {mayWrite(actor, portfolio) && <WrittenList t={t} portfolio={portfolio} reports={written} />}
      <IssuedList t={t} portfolio={portfolio} {...issued} after={after} />
    </article>
  );
}
