"use client";
import { useFormContext } from "react-hook-form";
import type { RuleValues } from "#components/reminders/rule-values.ts";
import { Checkbox, ChoiceGroup, Radio } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { holidayCountries } from "#lib/reminders/countries.ts";

const dates = ["deadline", "milestone", "instrument_end", "notice", "report", "gap"] as const;

/** What the rule counts from, and how many days before and after it speaks. */
export function RuleWhen() {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<RuleValues>();
  const error = (field: keyof RuleValues) => {
    const key = formState.errors[field]?.message;
    return key ? t.dynamic(String(key)) : undefined;
  };
  const days = (field: "reportEvery" | "before" | "after" | "repeatEvery", label: string, hint?: string) => (
    <Field label={label} hint={hint} error={error(field)}>
      {(control) => <Input {...control} {...register(field)} inputMode="numeric" autoComplete="off" />}
    </Field>
  );
  const [date, counting] = watch(["date", "counting"]);
  return (
    <div className="grid gap-4">
      <Field label={t("reminders.form.date")} error={error("date")}>
        {(control) => (
          <Select {...control} {...register("date")}>
            {dates.map((each) => (
              <option key={each} value={each}>
                {t(`reminders.form.dateChoice.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {date !== "gap" && (
        <>
          <div className="grid items-end gap-4 sm:grid-cols-3">
            {date === "report"
              ? days("reportEvery", t("reminders.form.reportEvery"))
              : days("before", t("reminders.form.before"), t("reminders.form.beforeHint"))}
            {days("after", t("reminders.form.after"), t("reminders.form.afterHint"))}
            {days("repeatEvery", t("reminders.form.repeatEvery"), t("reminders.form.repeatHint"))}
          </div>
          <Checkbox {...register("onDay")} label={t("reminders.form.onDay")} />
          {date === "report" && error("before") && (
            <p className="text-sm font-medium text-critical">{error("before")}</p>
          )}
          <ChoiceGroup legend={t("reminders.form.counting")}>
            {(["calendar", "working"] as const).map((unit) => (
              <Radio key={unit} value={unit} {...register("counting")} label={t(`reminders.form.${unit}`)} />
            ))}
          </ChoiceGroup>
          {counting === "working" && (
            <ChoiceGroup legend={t("reminders.form.countries")}>
              {holidayCountries.map((country) => (
                <Checkbox
                  key={country}
                  value={country}
                  {...register("countries")}
                  label={t(`preferences.country.${country}`)}
                />
              ))}
            </ChoiceGroup>
          )}
        </>
      )}
    </div>
  );
}
