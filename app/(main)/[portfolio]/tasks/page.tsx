import type { Metadata } from "next";
import { AskButton } from "#components/tasks/ask-button.tsx";
import { TaskList } from "#components/tasks/task-list.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { parseRequest } from "#lib/reports/address.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { listTasks, waitedForMost } from "#lib/tasks/queries.ts";
import { keptDays } from "#lib/tasks/schema.ts";

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ portfolio: string }>; searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("tasks.title") };
}

/** What the reader asked for in the background, and how far it is. With the address of a large report: whether to make that. */
export default async function TasksPage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  const t = translator(locale);
  const as = reportFormats.find((each) => each === query.as);
  const { request, refused } = parseRequest(query, { locale });
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <h1 className="text-2xl">{t("tasks.title")}</h1>
      <p className="max-w-prose text-muted">{t("tasks.lead", { days: keptDays })}</p>
      <ClientMessages
        locale={locale}
        scopes={["common", "errors", "account.errors", "tasks", "reports.template", "reports.form", "reports.errors"]}
      >
        {as && Object.keys(refused).length === 0 && (
          <section className="grid justify-items-start gap-2 rounded-md border border-info bg-info-soft px-3 py-3">
            <h2 className="text-lg">{t("tasks.long.title")}</h2>
            <p>
              {t(`reports.template.${request.template}`)}, {t(`reports.form.${as}`)}
            </p>
            <p className="max-w-prose">{t("tasks.long.body", { count: format(locale).number(waitedForMost) })}</p>
            <AskButton
              label={t("tasks.long.make")}
              ask={{ portfolioId: portfolio, kind: "report", input: { request, as } }}
              list={`/${portfolio}/tasks`}
            />
          </section>
        )}
        <TaskList portfolio={portfolio} tasks={await listTasks(actor)} />
      </ClientMessages>
    </div>
  );
}
