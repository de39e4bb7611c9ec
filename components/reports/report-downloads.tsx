import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import { reportFormats } from "#lib/reports/formats.ts";

/** The report as files: `href` gives the address of each. */
export function ReportDownloads({ t, href }: { t: Translator; href: (as: string) => string }) {
  return (
    <ul aria-label={t("reports.form.download")} className="flex flex-wrap gap-2">
      {reportFormats.map((as) => (
        <li key={as}>
          <a href={href(as)} download className={buttonClass({})}>
            <Icon name="download" />
            {t(`reports.form.${as}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
