import Link from "next/link";
import { ScheduleActions } from "#components/schedules/schedule-actions.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import type { ReportFormat } from "#lib/reports/formats.ts";
import type { ReportRequest } from "#lib/reports/request.ts";
import type { Timing } from "#lib/reports/schedules/times.ts";
import { timingSentence } from "#lib/reports/schedules/words.ts";

/** A schedule with its next times. */
type ListedSchedule = Timing & {
  id: string;
  name: string;
  request: ReportRequest;
  formats: ReportFormat[];
  people: { id: string; name: string; disabled: boolean }[];
  addresses: string[];
  active: boolean;
  error: string | null;
  last: { id: string; title: string; at: string } | null;
  version: number;
  next: Date[];
};

type Props = { t: Translator; locale: Locale; portfolio: string; schedules: readonly ListedSchedule[] };

/** What is sent without anybody asking: what, when, to whom. */
export function ScheduleList({ t, locale, portfolio, schedules }: Props) {
  const f = format(locale);
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map(f.weekday);
  if (schedules.length === 0)
    return (
      <EmptyState icon="calendar" title={t("schedules.none")}>
        {t("schedules.noneBody")}
      </EmptyState>
    );
  return (
    <ul className="grid">
      {schedules.map((schedule) => {
        const { id, name, version, active, request, formats, people, addresses, error, last, next } = schedule;
        const to = [
          ...people.map((person) => (person.disabled ? t("schedules.disabled", { name: person.name }) : person.name)),
          ...addresses,
        ];
        return (
          <li key={id} className="grid gap-2 border-t border-line py-4 first:border-t-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h2 className="text-lg [overflow-wrap:anywhere]">{name}</h2>
              {!active && <Badge>{t("schedules.off")}</Badge>}
            </div>
            <p>{timingSentence(t, schedule, weekdays)}</p>
            {error && (
              <p className="text-critical">
                {t("schedules.failed")}: {translateKey(t, error)}
              </p>
            )}
            <DescriptionList>
              <Description term={t("schedules.what")}>
                {t(`reports.template.${request.template}`)} ({f.list(formats.map((each) => t(`reports.form.${each}`)))})
              </Description>
              <Description term={t("schedules.to")}>
                <span className="[overflow-wrap:anywhere]">{f.list(to)}</span>
              </Description>
              {active && (
                <Description term={t("schedules.next")}>
                  {next.length > 0 ? next.map((at) => f.moment(at)).join(" · ") : t("schedules.noNext")}
                </Description>
              )}
              {last && (
                <Description term={t("schedules.last")}>
                  <Link href={`/${portfolio}/reports/${last.id}`} prefetch={false}>
                    {last.title}
                  </Link>
                </Description>
              )}
            </DescriptionList>
            <div className="flex flex-wrap gap-2 print:hidden">
              <LinkButton href={`/${portfolio}/reports/schedules/${id}`} size="sm" icon="pencil">
                {t("schedules.edit")}
                <span className="sr-only">: {name}</span>
              </LinkButton>
              <ScheduleActions portfolio={portfolio} id={id} version={version} active={active} name={name} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
