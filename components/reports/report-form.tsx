import { PeriodFields } from "#components/reports/period-fields.tsx";
import { SectionOrder } from "#components/reports/section-order.tsx";
import { LocaleOptions } from "#components/shell/locale-options.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Day } from "#lib/dates.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { localeOf, type Translator, translateKey } from "#lib/i18n/translator.ts";
import type { Meeting } from "#lib/meetings/schema.ts";
import type { ScopeChoice } from "#lib/reports/choices.ts";
import { sectionsOf } from "#lib/reports/outline.ts";
import { type ReportRequest, templates } from "#lib/reports/request.ts";

type Props = {
  t: Translator;
  request: ReportRequest;
  today: Day;
  meetings: readonly Meeting[];
  scopes: readonly ScopeChoice[];
  /** Field → message keys. */
  wrong: Readonly<Record<string, readonly string[]>>;
};

/**
 * What a report is asked for. A plain form: the address is the report. What a template does not need is put away by
 * report.css, and is not read from the address either.
 */
export function ReportForm({ t, request, today, meetings, scopes, wrong }: Props) {
  const error = (field: string) => {
    const [first] = wrong[field] ?? [];
    return first ? translateKey(t, first) : undefined;
  };
  return (
    <form className="report-form mt-4 grid gap-3 sm:items-end border-y border-line py-4 sm:grid-cols-3 print:hidden">
      <input type="hidden" name="was" value={request.template} />
      <Field label={t("reports.form.template")} error={error("template")}>
        {(control) => (
          <Select {...control} name="template" defaultValue={request.template}>
            {templates.map((template) => (
              <option key={template} value={template}>
                {t(`reports.template.${template}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div data-for="scope" className="sm:col-span-2">
        <Field label={t("reports.form.scope")} error={error("scope")}>
          {(control) => (
            <Select {...control} name="scope" defaultValue={request.scope}>
              {scopes.map(({ name, query }) => (
                <option key={query} value={query}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div data-for="record" className="sm:col-span-2">
        <Field label={t("reports.form.record")} hint={t("reports.form.recordHint")} error={error("record")}>
          {(control) => (
            <Input {...control} name="record" defaultValue={request.record ?? ""} maxLength={40} autoComplete="off" />
          )}
        </Field>
      </div>
      <PeriodFields t={t} period={request.period} meetings={meetings} today={today} error={error("period")} />
      {(["day", "known"] as const).map((name) => (
        <Field key={name} label={t(`reports.form.${name}`)} hint={t(`reports.form.${name}Hint`)} error={error(name)}>
          {(control) => <Input {...control} type="date" name={name} max={today} defaultValue={request[name] ?? ""} />}
        </Field>
      ))}
      <Field label={t("reports.form.language")} hint={t("reports.form.languageHint")} error={error("locale")}>
        {(control) => (
          <Select {...control} name="lang" defaultValue={request.locale}>
            <LocaleOptions />
          </Select>
        )}
      </Field>
      <details className="sections sm:col-span-full" open={wrong.sections !== undefined}>
        <summary className="control flex w-fit items-center gap-1 font-semibold">
          <Icon name="chevron-right" />
          {t("reports.form.sections")}
        </summary>
        {error("sections") && <p className="font-medium text-critical">{error("sections")}</p>}
        <div className="max-w-xl pt-1">
          <ClientMessages locale={localeOf(t)} scopes={["reports.order"]}>
            <SectionOrder key={request.template} sections={sectionChoices(t, request)} />
          </ClientMessages>
        </div>
      </details>
      <p className="sm:col-span-full">
        <button type="submit" className={buttonClass({ variant: "primary" })}>
          {t("reports.form.show")}
        </button>
      </p>
    </form>
  );
}

/** The chosen sections in their order, then the others. */
function sectionChoices(t: Translator, { template, sections }: ReportRequest) {
  const own = sectionsOf[template];
  const chosen = own.filter((id) => sections === null || sections.includes(id));
  if (sections) chosen.sort((a, b) => sections.indexOf(a) - sections.indexOf(b));
  const rest = own.filter((id) => !chosen.includes(id));
  return [...chosen, ...rest].map((id) => ({ id, title: t(`reports.section.${id}`), chosen: chosen.includes(id) }));
}
