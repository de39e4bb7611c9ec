import type { Metadata } from "next";
import { ScheduleList } from "#components/schedules/schedule-list.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/reports/schedules/policy.ts";
import { listSchedules, meetingDays } from "#lib/reports/schedules/queries.ts";
import { nextOccurrences } from "#lib/reports/schedules/times.ts";
import { teamZone } from "#lib/team-day.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("schedules.title") };
}

/** The reports that are made and sent without anybody asking. */
export default async function SchedulesPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "see", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  const [schedules, meetings] = await Promise.all([listSchedules(actor, portfolio), meetingDays(actor, portfolio)]);
  const after = new Date();
  const timing = { after, count: 3, zone: teamZone(), meetings };
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ label: t("reports.title"), href: `/${portfolio}/reports` }, { label: t("schedules.title") }]}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("schedules.title")}</h1>
        <LinkButton href={`/${portfolio}/reports/schedules/new`} variant="primary" icon="plus">
          {t("schedules.add")}
        </LinkButton>
      </div>
      <p className="max-w-prose text-muted">{t("schedules.lead")}</p>
      <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "schedules", "tasks.errors"]}>
        <ScheduleList
          t={t}
          locale={locale}
          portfolio={portfolio}
          schedules={schedules.map((schedule) => ({
            ...schedule,
            next: nextOccurrences(schedule, timing).map(({ at }) => at),
          }))}
        />
      </ClientMessages>
    </div>
  );
}
