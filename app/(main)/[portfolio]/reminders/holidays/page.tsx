import type { Metadata } from "next";
import { z } from "zod";
import { AddHoliday } from "#components/reminders/add-holiday.tsx";
import { HolidayList } from "#components/reminders/holiday-list.tsx";
import { RemindersFrame } from "#components/reminders/reminders-frame.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listHolidays } from "#lib/reminders/holidays.ts";
import { may } from "#lib/reminders/policy.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reminders.tabs.holidays") };
}

/** Public holidays, year by year. They are the same for every register. */
export default async function HolidaysPage({ params, searchParams }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const thisYear = Number(teamToday(new Date()).slice(0, 4));
  const year = z.coerce
    .number()
    .int()
    .min(2000)
    .max(2100)
    .catch(thisYear)
    .parse((await searchParams).year ?? thisYear);
  const holidays = await listHolidays(actor, year);
  const t = translator(locale);
  const mayEdit = may(actor, "edit", null);
  const href = (to: number) => `/${portfolio}/reminders/holidays?year=${to}`;
  return (
    <RemindersFrame t={t} portfolio={portfolio} current="holidays" lead={t("reminders.holidays.lead")}>
      <Pagination
        label={t("reminders.holidays.years")}
        previous={{ label: String(year - 1), href: year > 2000 ? href(year - 1) : undefined }}
        next={{ label: String(year + 1), href: year < 2100 ? href(year + 1) : undefined }}
      >
        <span className="text-base font-semibold text-ink">{t("reminders.holidays.year", { year: String(year) })}</span>
      </Pagination>
      <ClientMessages
        locale={locale}
        scopes={["common", "errors", "account.errors", "preferences.country", "reminders.holidays", "reminders.errors"]}
      >
        {mayEdit && <AddHoliday />}
        <HolidayList t={t} locale={locale} holidays={holidays} mayEdit={mayEdit} />
      </ClientMessages>
    </RemindersFrame>
  );
}
