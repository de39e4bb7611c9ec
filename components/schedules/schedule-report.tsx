"use client";
import { useFormContext } from "react-hook-form";
import type { ScheduleValues } from "#components/schedules/schedule-values.ts";
import { LocaleOptions } from "#components/shell/locale-options.tsx";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { reportFormats } from "#lib/reports/formats.ts";
import { isOfOne, looksBack } from "#lib/reports/outline.ts";
import { templates } from "#lib/reports/request.ts";

/** Filters of the register with a name: those of a saved view, all, what is chosen so far. */
export type ScopeChoice = { query: string; name: string };

const months = [1, 3, 6, 12];

/** Which report is made, and as which files. */
export function ScheduleReport({ scopes }: { scopes: readonly ScopeChoice[] }) {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<ScheduleValues>();
  const error = (field: keyof ScheduleValues) => {
    const key = formState.errors[field]?.message;
    return key && t.dynamic(String(key));
  };
  const [template, period] = watch(["template", "period"]);
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("schedules.form.template")} error={error("template")}>
          {(control) => (
            <Select {...control} {...register("template")}>
              {templates.map((each) => (
                <option key={each} value={each}>
                  {t(`reports.template.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {isOfOne(template) ? (
          <Field label={t("commitments.field.reference")} error={error("record")}>
            {(control) => <Input {...control} {...register("record")} autoComplete="off" />}
          </Field>
        ) : (
          <Field label={t("schedules.form.records")} error={error("scope")}>
            {(control) => (
              <Select {...control} {...register("scope")}>
                {scopes.map(({ query, name }) => (
                  <option key={query} value={query}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {looksBack(template) && (
          <Field label={t("schedules.form.period")} error={error("period")}>
            {(control) => (
              <Select {...control} {...register("period")}>
                <option value="sinceMeeting">{t("schedules.form.sinceMeeting")}</option>
                {[...new Set([...months, ...(Number(period) > 0 ? [Number(period)] : [])])].map((count) => (
                  <option key={count} value={count}>
                    {t("schedules.form.months", { count })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={t("schedules.form.language")} error={error("locale")}>
          {(control) => (
            <Select {...control} {...register("locale")}>
              <LocaleOptions />
            </Select>
          )}
        </Field>
      </div>
      <ChoiceGroup legend={t("schedules.form.formats")}>
        {reportFormats.map((format) => (
          <Checkbox key={format} value={format} {...register("formats")} label={t(`reports.form.${format}`)} />
        ))}
      </ChoiceGroup>
      {error("formats") && <p className="text-sm font-medium text-critical">{error("formats")}</p>}
    </div>
  );
}
