import { HolidayActions } from "#components/reminders/holiday-actions.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { numberOf } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { holidayCountries } from "#lib/reminders/countries.ts";
import type { Holiday } from "#lib/reminders/holidays.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";

type Props = { t: Translator; locale: Locale; holidays: readonly Holiday[]; mayEdit: boolean };

/** The holidays of a year, country by country. */
export function HolidayList({ t, locale, holidays, mayEdit }: Props) {
  const f = format(locale);
  return (
    <div className="grid items-start gap-8 lg:grid-cols-2">
      {holidayCountries.map((country) => {
        const days = holidays.filter((holiday) => holiday.country === country);
        return (
          <section key={country} aria-labelledby={`holidays-${country}`} className="grid gap-2">
            <h2 id={`holidays-${country}`} className="text-lg">
              {t(`preferences.country.${country}`)}
            </h2>
            {days.length === 0 && <p className="text-muted">{t("reminders.holidays.none")}</p>}
            <ul className="grid">
              {days.map((holiday) => {
                const name = pick(holiday.name, locale);
                const day = t("reminders.holidays.weekday", {
                  day: f.date(holiday.day),
                  weekday: f.weekday(weekdayOf(numberOf(holiday.day))),
                });
                return (
                  <li
                    key={holiday.day}
                    className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line py-2"
                  >
                    <div className="min-w-0">
                      <p className={holiday.works ? "text-muted line-through" : undefined}>
                        <span lang={name.lang}>{name.text}</span>
                      </p>
                      <p className="flex flex-wrap gap-x-2 text-sm text-muted">
                        {day}
                        {holiday.works && <Badge>{t("reminders.holidays.struck")}</Badge>}
                      </p>
                    </div>
                    {mayEdit && <HolidayActions {...holiday} label={`${name.text}, ${day}`} />}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
