"use client";
import { type FormEvent, useId, useState } from "react";
import { Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Summary } from "#components/reminders/summary.tsx";
import { clock, numbersIn, type Wishes } from "#components/reminders/wishes.ts";
import { ZoneField } from "#components/reminders/zone-field.tsx";
import { LocaleOptions } from "#components/shell/locale-options.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, ChoiceGroup, Radio } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { locales } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { savePreference } from "#lib/reminders/actions.ts";

type Props = {
  version: number;
  wishes: Wishes;
  teamZone: string;
  /** Monday first, in the reader's language. */
  weekdays: readonly string[];
};

const frequencies = ["immediately", "daily", "weekly"] as const;
const countries = ["VN", "LA"] as const;

/** When and how one is reminded, and under it in words what follows from that. */
export function WishesForm({ version: first, wishes: given, teamZone, weekdays }: Props) {
  const t = useTranslator();
  const name = useId();
  const [version, setVersion] = useState(first);
  const [wishes, setWishes] = useState(given);
  const [problem, setProblem] = useState<ActionError>();
  const [busy, setBusy] = useState(false);
  const set = (changed: Partial<Wishes>) => setWishes({ ...wishes, ...changed });
  const toggled = <T,>(list: readonly T[], value: T, on: boolean) =>
    on ? [...list, value] : list.filter((each) => each !== value);
  const error = (field: string) => {
    const key =
      problem?.fields && Object.entries(problem.fields).find(([path]) => path.split(".")[0] === field)?.[1][0];
    return key && t.dynamic(key);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const result = await keepingSession(() =>
      savePreference({ version, ...wishes, leadDays: numbersIn(wishes.leadDays) }),
    );
    setBusy(false);
    if (!result.ok) {
      if (result.error.conflict) setVersion(result.error.conflict.version);
      return setProblem(result.error);
    }
    setProblem(undefined);
    setVersion(result.result.version);
    showToast(t("preferences.form.saved"));
  }

  const weekly = wishes.frequency === "weekly";
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <Problem t={t} error={problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("preferences.form.language")} error={error("locale")}>
          {(control) => (
            <Select
              {...control}
              value={wishes.locale ?? ""}
              onChange={({ target }) => set({ locale: locales.find((each) => each === target.value) ?? null })}
            >
              {given.locale === null && <option value="">{t("preferences.form.languageAuto")}</option>}
              <LocaleOptions />
            </Select>
          )}
        </Field>
        <ZoneField
          value={wishes.timeZone}
          teamZone={teamZone}
          error={error("timeZone")}
          onChange={(timeZone) => set({ timeZone })}
        />
      </div>
      <ChoiceGroup legend={t("preferences.form.where")}>
        <Checkbox
          label={t("preferences.form.mail")}
          checked={wishes.mail}
          onChange={({ target }) => set({ mail: target.checked })}
        />
        <Checkbox
          label={t("preferences.form.inApp")}
          checked={wishes.inApp}
          onChange={({ target }) => set({ inApp: target.checked })}
        />
      </ChoiceGroup>
      <ChoiceGroup legend={t("preferences.form.frequency")}>
        {frequencies.map((frequency) => (
          <Radio
            key={frequency}
            name={`${name}-frequency`}
            label={t(`preferences.form.${frequency}`)}
            hint={frequency === "immediately" ? t("preferences.form.immediatelyHint") : undefined}
            checked={wishes.frequency === frequency}
            onChange={() => set({ frequency })}
          />
        ))}
      </ChoiceGroup>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("preferences.form.hour")} error={error("hour")}>
          {(control) => (
            <Select {...control} value={wishes.hour} onChange={({ target }) => set({ hour: Number(target.value) })}>
              {Array.from({ length: 24 }, (_, hour) => (
                <option key={clock(hour)} value={hour}>
                  {clock(hour)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {weekly && (
          <Field label={t("preferences.form.weekday")} error={error("weekday")}>
            {(control) => (
              <Select
                {...control}
                value={wishes.weekday}
                onChange={({ target }) => set({ weekday: Number(target.value) })}
              >
                {weekdays.map((day, at) => (
                  <option key={day} value={at + 1}>
                    {day}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {!weekly && (
        <>
          <div>
            <ChoiceGroup legend={t("preferences.form.days")} className="sm:grid-cols-4">
              {weekdays.map((day, at) => (
                <Checkbox
                  key={day}
                  label={day}
                  checked={wishes.days.includes(at + 1)}
                  onChange={({ target }) => set({ days: toggled(wishes.days, at + 1, target.checked) })}
                />
              ))}
            </ChoiceGroup>
            {error("days") && <p className="mt-1 text-sm font-medium text-critical">{error("days")}</p>}
          </div>
          <ChoiceGroup legend={t("preferences.form.holidays")} className="sm:grid-cols-4">
            {countries.map((country) => (
              <Checkbox
                key={country}
                label={t(`preferences.country.${country}`)}
                checked={wishes.countries.includes(country)}
                onChange={({ target }) => set({ countries: toggled(wishes.countries, country, target.checked) })}
              />
            ))}
          </ChoiceGroup>
        </>
      )}
      <ChoiceGroup legend={t("preferences.form.lead")}>
        <Radio
          name={`${name}-lead`}
          label={t("preferences.form.leadRules")}
          checked={!wishes.ownLeadDays}
          onChange={() => set({ ownLeadDays: false })}
        />
        <Radio
          name={`${name}-lead`}
          label={t("preferences.form.leadOwn")}
          checked={wishes.ownLeadDays}
          onChange={() => set({ ownLeadDays: true })}
        />
        {wishes.ownLeadDays && (
          <Field
            label={t("preferences.form.leadDays")}
            hint={t("preferences.form.leadHint")}
            error={error("leadDays")}
            className="ms-6 max-w-sm"
          >
            {(control) => (
              <Input
                {...control}
                value={wishes.leadDays}
                inputMode="numeric"
                autoComplete="off"
                onChange={({ target }) => set({ leadDays: target.value })}
              />
            )}
          </Field>
        )}
      </ChoiceGroup>
      <Summary
        wishes={wishes}
        leadDays={numbersIn(wishes.leadDays)}
        zone={wishes.timeZone ?? teamZone}
        weekdays={weekdays}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
