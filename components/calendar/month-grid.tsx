import Link from "next/link";
import { EntryItem } from "#components/calendar/entry-item.tsx";
import { MonthKeys } from "#components/calendar/month-keys.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { CalendarMonth, HolidayEntry } from "#lib/calendar/entry.ts";
import { type Day, numberOf } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import { weeksOf } from "#lib/months.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  month: string;
  today: Day;
  found: CalendarMonth;
  /** The register with the deadlines of a day. */
  register: (day: Day) => string;
  previous: string;
  next: string;
};

/** A month in its weeks; on a small screen, a list of the days with something on them. */
export function MonthGrid({ t, locale, portfolio, month, today, found, register, previous, next }: Props) {
  const f = format(locale);
  const holidays = Map.groupBy(found.holidays, ({ day }) => day);
  const days = weeksOf(month);
  const first = days.includes(today) && today.startsWith(month) ? today : `${month}-01`;
  return (
    <MonthKeys previous={previous} next={next}>
      <div aria-hidden="true" className="weekdays">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <span key={weekday}>{f.weekday(weekday)}</span>
        ))}
      </div>
      <ol className="month">
        {days.map((day) => {
          if (!day.startsWith(month)) return <li key={day} aria-hidden="true" className="outside" />;
          const entries = found.days.get(day);
          const off = holidays.get(day) ?? [];
          const weekday = weekdayOf(numberOf(day));
          const label = t("calendar.day", { weekday: f.weekday(weekday), day: f.date(day) });
          return (
            <li
              key={day}
              data-day={day}
              tabIndex={day === first ? 0 : -1}
              aria-label={day === today ? t("calendar.todayIs", { day: label }) : label}
              className={[
                !entries && off.length === 0 && "empty",
                weekday > 5 && "weekend",
                off.some(({ works }) => !works) && "holiday",
                day === today && "today",
              ]
                .filter(Boolean)
                .join(" ")}
            >
              <p className="date">
                <span className="md:hidden">{label}</span>
                <span className="max-md:hidden">{Number(day.slice(8))}</span>
                {day === today && <span className="now">{t("timeline.today")}</span>}
              </p>
              {off.map((holiday) => (
                <Holiday key={holiday.country} t={t} locale={locale} holiday={holiday} />
              ))}
              {entries && (
                <ul>
                  {entries.shown.map((entry) => (
                    <EntryItem
                      key={`${entry.kind} ${entry.kind === "meeting" ? entry.key : `${entry.reference} ${entry.what?.en}`}`}
                      t={t}
                      locale={locale}
                      portfolio={portfolio}
                      entry={entry}
                    />
                  ))}
                </ul>
              )}
              {entries && entries.more > 0 && (
                <p>
                  <Link href={register(day)} prefetch={false} className="more">
                    {t("calendar.deadlines", { count: entries.deadlines })}
                  </Link>
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </MonthKeys>
  );
}

/** A public holiday, with the country that keeps it; struck out where people work after all. */
function Holiday({ t, locale, holiday }: { t: Translator; locale: Locale; holiday: HolidayEntry }) {
  const name = pick(holiday.name, locale);
  return (
    <p className="off">
      <Icon name="sun" />
      <span>
        <span className={holiday.works ? "line-through" : undefined} lang={name.lang}>
          {name.text}
        </span>{" "}
        <span className="text-muted">
          ({translateKey(t, `preferences.country.${holiday.country}`)}
          {holiday.works && `, ${t("reminders.holidays.struck")}`})
        </span>
      </span>
    </p>
  );
}
