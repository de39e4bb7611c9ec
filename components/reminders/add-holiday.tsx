"use client";
import { useState } from "react";
import { Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { HolidayName } from "#components/reminders/holiday-name.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { addHoliday } from "#lib/reminders/actions.ts";
import { holidayCountries } from "#lib/reminders/countries.ts";

const nothing = { country: "VN", day: "", name: { en: "", vi: "", lo: "" } };

/** Adds a holiday: one that was announced, or that the lists lack. */
export function AddHoliday() {
  const t = useTranslator();
  const [problem, setProblem] = useState<ActionError>();
  const form = useForm({ defaultValues: nothing });
  const error = (field: string) => {
    const key = problem?.fields?.[field]?.[0];
    return key && t.dynamic(key);
  };
  const save = form.handleSubmit(async (values) => {
    const answer = await keepingSession(() => addHoliday(values));
    if (!answer.ok) return setProblem(answer.error);
    setProblem(undefined);
    form.reset(nothing);
    showToast(t("reminders.holidays.added"));
  });
  return (
    <details className="rounded-md border border-line bg-surface print:hidden">
      <summary className="control px-3 py-1.5 font-medium">{t("reminders.holidays.add")}</summary>
      <form onSubmit={save} noValidate className="grid max-w-md gap-3 px-3 pb-3">
        <Problem t={t} error={problem?.fields ? undefined : problem} />
        <Field label={t("reminders.holidays.country")} error={error("country")}>
          {(control) => (
            <Select {...control} {...form.register("country")}>
              {holidayCountries.map((country) => (
                <option key={country} value={country}>
                  {t(`preferences.country.${country}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("reminders.holidays.day")} error={error("day")}>
          {(control) => <Input {...control} {...form.register("day")} type="date" min="2000-01-01" max="2100-12-31" />}
        </Field>
        <HolidayName register={(locale) => form.register(`name.${locale}`)} error={error("name")} />
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting} className="justify-self-start">
          {t("common.add")}
        </Button>
      </form>
    </details>
  );
}
