"use client";
import { useFormContext } from "react-hook-form";
import type { ScheduleValues } from "#components/schedules/schedule-values.ts";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** To whom it goes: people, and addresses of nobody who has an account. */
export function ScheduleTo({ people }: { people: readonly { id: string; name: string }[] }) {
  const t = useTranslator();
  const { register, formState } = useFormContext<ScheduleValues>();
  const { personIds, addresses } = formState.errors;
  // A list's items have messages of their own.
  const wrong = addresses?.message ?? (Array.isArray(addresses) ? addresses.find(Boolean)?.message : undefined);
  return (
    <div className="grid gap-4">
      <div className="grid gap-1">
        <ChoiceGroup legend={t("schedules.form.people")}>
          <p className="text-sm text-muted">{t("schedules.form.peopleHint")}</p>
          <div className="grid max-h-64 gap-1 overflow-y-auto sm:grid-cols-2">
            {people.map(({ id, name }) => (
              <Checkbox key={id} value={id} {...register("personIds")} label={name} />
            ))}
          </div>
        </ChoiceGroup>
        {personIds?.message && (
          <p className="text-sm font-medium text-critical">{t.dynamic(String(personIds.message))}</p>
        )}
      </div>
      <Field
        label={t("schedules.form.addresses")}
        hint={t("schedules.form.addressesHint")}
        error={wrong && t.dynamic(String(wrong))}
        className="max-w-md"
      >
        {(control) => (
          <Textarea {...control} {...register("addresses")} inputMode="email" autoComplete="off" spellCheck={false} />
        )}
      </Field>
    </div>
  );
}
