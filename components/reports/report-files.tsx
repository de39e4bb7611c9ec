import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import { type ReportFormat, reportFormats } from "#lib/reports/formats.ts";

type Props = { t: Translator; label: string; address: (as: ReportFormat) => string };

/** The files of a report. */
export function ReportFiles({ t, label, address }: Props) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-2 print:hidden">
      {reportFormats.map((as) => (
        <li key={as}>
          <a href={address(as)} download className={buttonClass({})}>
            <Icon name="download" />
            {t(`reports.form.${as}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
