import { buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";
import type { Day } from "#lib/dates.ts";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import type { ReportRequest } from "#lib/reports/request.ts";

type Props = { t: Translator; request: ReportRequest; today: Day; download: (as: string) => string };

/** Of which day, as known when, in which language; and the same as a file. A plain form: the address is the report. */
export function ReportForm({ t, request, today, download }: Props) {
  return (
    <div className="mt-4 flex flex-wrap items-end gap-3 border-y border-line py-3 print:hidden">
      <form className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="template" value={request.template} />
        {(["day", "known"] as const).map((name) => (
          <Field key={name} label={t(`reports.form.${name}`)}>
            {(control) => (
              <input
                {...control}
                type="date"
                name={name}
                max={today}
                defaultValue={request[name] ?? today}
                className={controlClass}
                title={t(`reports.form.${name}Hint`)}
              />
            )}
          </Field>
        ))}
        <Field label={t("reports.form.language")}>
          {(control) => (
            <select {...control} name="lang" defaultValue={request.locale} className={controlClass}>
              {locales.map((locale) => (
                <option key={locale} value={locale} lang={locale}>
                  {localeNames[locale]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" className={buttonClass({ variant: "primary" })}>
          {t("reports.form.show")}
        </button>
      </form>
      <ul aria-label={t("reports.form.download")} className="flex flex-wrap gap-2">
        {reportFormats.map((as) => (
          <li key={as}>
            <a href={download(as)} download className={buttonClass({})}>
              <Icon name="download" />
              {t(`reports.form.${as}`)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
