import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = {
  t: Translator;
  days: number;
  choices: readonly number[];
  /** Null: only one's own is seen. */
  people: readonly { id: string; name: string; count: number }[] | null;
  personId: string | null;
};

/** For how long, and to whom: a plain form whose address is the page's state. */
export function PlanFilter({ t, days, choices, people, personId }: Props) {
  const all = people?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <form className="flex flex-wrap items-end gap-2 print:hidden">
      <Field label={t("reminders.plan.days")}>
        {(control) => (
          <Select {...control} name="days" defaultValue={days}>
            {[...new Set([...choices, days])]
              .sort((a, b) => a - b)
              .map((choice) => (
                <option key={choice} value={choice}>
                  {t("reminders.plan.daysChoice", { days: choice })}
                </option>
              ))}
          </Select>
        )}
      </Field>
      {people && (
        <Field label={t("reminders.plan.person")} className="min-w-48">
          {(control) => (
            <Select {...control} name="person" defaultValue={personId ?? ""}>
              <option value="">{t("reminders.plan.everybody", { count: all })}</option>
              {people.map(({ id, name, count }) => (
                <option key={id} value={id}>
                  {name} ({count})
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Button type="submit">{t("reminders.plan.show")}</Button>
    </form>
  );
}
