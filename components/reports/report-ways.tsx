import { LinkButton } from "#components/ui/link-button.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; portfolio: string; schedules: boolean };

/** From the reports to what belongs to them: schedules for who may see them, the archive, what is being made. */
export function ReportWays({ t, portfolio, schedules }: Props) {
  return (
    <nav aria-label={t("tasks.ways")} className="flex flex-wrap gap-2 print:hidden">
      {schedules && (
        <LinkButton href={`/${portfolio}/reports/schedules`} icon="calendar">
          {t("schedules.title")}
        </LinkButton>
      )}
      <LinkButton href={`/${portfolio}/export`} icon="download">
        {t("archive.title")}
      </LinkButton>
      <LinkButton href={`/${portfolio}/tasks`} icon="clock">
        {t("tasks.title")}
      </LinkButton>
    </nav>
  );
}
