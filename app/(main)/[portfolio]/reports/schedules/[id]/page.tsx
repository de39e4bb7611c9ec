import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ScheduleForm } from "#components/schedules/schedule-form.tsx";
import { SchedulePage } from "#components/schedules/schedule-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listTellable } from "#lib/reminders/queries.ts";
import { scopeChoices } from "#lib/reports/choices.ts";
import { may } from "#lib/reports/schedules/policy.ts";
import { getSchedule } from "#lib/reports/schedules/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("schedules.editTitle") };
}

export default async function EditSchedulePage({ params }: Props) {
  const [{ portfolio, id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "edit", portfolio)) return <ForbiddenState locale={locale} />;
  const [schedule, tellable] = await Promise.all([getSchedule(actor, portfolio, id), listTellable(actor, portfolio)]);
  if (!schedule) notFound();
  const t = translator(locale);
  const scopes = await scopeChoices(actor, { t, portfolio, scope: schedule.request.scope });
  // Who is on the list and may not sign in any more can be taken off it.
  const gone = schedule.people
    .filter(({ disabled }) => disabled)
    .map(({ id: personId, name }) => ({ id: personId, name: t("schedules.disabled", { name }) }));
  return (
    <SchedulePage t={t} locale={locale} portfolio={portfolio} title={t("schedules.editTitle")}>
      <ScheduleForm
        key={schedule.id}
        portfolio={portfolio}
        id={schedule.id}
        version={schedule.version}
        given={{ ...schedule, personIds: schedule.people.map((person) => person.id) }}
        people={[...gone, ...tellable]}
        weekdays={[1, 2, 3, 4, 5, 6, 7].map(format(locale).weekday)}
        scopes={scopes}
      />
    </SchedulePage>
  );
}
