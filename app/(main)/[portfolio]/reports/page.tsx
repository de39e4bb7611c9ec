import type { Metadata } from "next";
import Link from "next/link";
import { IssuedList, WrittenList } from "#components/reports/report-lists.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/reports/policy.ts";
import { templates } from "#lib/reports/request.ts";
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
  const [written, issued] = await Promise.all([listWritten(actor, portfolio), listIssued(actor, portfolio, { after })]);
  const t = translator(locale);
  return (
    <article className="mx-auto grid max-w-6xl gap-6">
      <h1 className="text-2xl">{t("reports.title")}</h1>
      <ul>
        {templates.map((template) => (
          <li key={template}>
            <Link href={`/${portfolio}/reports/view?template=${template}`} prefetch={false}>
              {t(`reports.template.${template}`)}
            </Link>
          </li>
        ))}
      </ul>
      {may(actor, "write") && <WrittenList t={t} portfolio={portfolio} reports={written} />}
      <IssuedList t={t} portfolio={portfolio} {...issued} after={after} />
    </article>
  );
}
