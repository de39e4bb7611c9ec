"use client";
import { useFormContext } from "react-hook-form";
import type { ScheduleValues } from "#components/schedules/schedule-values.ts";
import { ChoiceGroup, Radio } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { hourText } from "#lib/reports/schedules/words.ts";

const every = ["week", "month", "meeting"] as const;

/** When it is made and sent. */
export function ScheduleWhen({ weekdays }: { weekdays: readonly string[] }) {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<ScheduleValues>();
  const error = (field: keyof ScheduleValues) => {
    const key = formState.errors[field]?.message;
    return key && t.dynamic(String(key));
  };
  const chosen = watch("every");
  return (
    <div className="grid gap-3">
      <ChoiceGroup legend={t("schedules.form.every")}>
        {every.map((each) => (
          <Radio key={each} value={each} {...register("every")} label={t(`schedules.form.${each}`)} />
        ))}
      </ChoiceGroup>
      <div className="grid items-end gap-4 sm:grid-cols-2">
        {chosen === "week" && (
          <Field label={t("schedules.form.weekday")} error={error("weekday")}>
            {(control) => (
              <Select {...control} {...register("weekday")}>
                {weekdays.map((weekday, at) => (
                  <option key={weekday} value={at + 1}>
                    {weekday}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {chosen === "month" && (
          <Field label={t("schedules.form.monthDay")} hint={t("schedules.form.monthDayHint")} error={error("monthDay")}>
            {(control) => <Input {...control} {...register("monthDay")} inputMode="numeric" autoComplete="off" />}
          </Field>
        )}
        {chosen === "meeting" && (
          <Field
            label={t("schedules.form.daysBefore")}
            hint={t("schedules.form.daysBeforeHint")}
            error={error("daysBefore")}
          >
            {(control) => <Input {...control} {...register("daysBefore")} inputMode="numeric" autoComplete="off" />}
          </Field>
        )}
        <Field label={t("schedules.form.hour")} error={error("hour")}>
          {(control) => (
            <Select {...control} {...register("hour")}>
              {Array.from({ length: 24 }, (_, hour) => (
                <option key={hourText(hour)} value={hour}>
                  {hourText(hour)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
    </div>
  );
}
