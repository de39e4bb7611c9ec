import type { Metadata } from "next";
import { ScheduleForm } from "#components/schedules/schedule-form.tsx";
import { SchedulePage } from "#components/schedules/schedule-page.tsx";
import { newSchedule } from "#components/schedules/schedule-values.ts";
import { ForbiddenState } from "#components/shell/states.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { listTellable } from "#lib/reminders/queries.ts";
import { parseRequest } from "#lib/reports/address.ts";
import { scopeChoices } from "#lib/reports/choices.ts";
import { may } from "#lib/reports/schedules/policy.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("schedules.add") };
}

/** A new schedule, of the report of this address where it has one. */
export default async function NewSchedulePage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  if (!may(actor, "edit", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  const { request } = parseRequest(query, { locale });
  const [people, scopes] = await Promise.all([
    listTellable(actor, portfolio),
    scopeChoices(actor, { t, portfolio, scope: request.scope }),
  ]);
  return (
    <SchedulePage t={t} locale={locale} portfolio={portfolio} title={t("schedules.add")}>
      <ScheduleForm
        portfolio={portfolio}
        id={null}
        version={0}
        given={newSchedule(request)}
        people={people}
        weekdays={[1, 2, 3, 4, 5, 6, 7].map(format(locale).weekday)}
        scopes={scopes}
      />
    </SchedulePage>
  );
}
