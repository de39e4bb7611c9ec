import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import { reportFormats } from "#lib/reports/formats.ts";

type Props = {
  t: Translator;
  /** The address of each file; of a long report, that of the page which offers to make it. */
  href: (as: string) => string;
  long: boolean;
};

/** The report as files. */
export function ReportDownloads({ t, href, long }: Props) {
  return (
    <ul aria-label={t("reports.form.download")} className="flex flex-wrap gap-2">
      {reportFormats.map((as) => (
        <li key={as}>
          <a href={href(as)} download={!long} className={buttonClass({})}>
            <Icon name="download" />
            {t(`reports.form.${as}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}
