"use client";
import { useFormContext } from "react-hook-form";
import type { RuleValues } from "#components/reminders/rule-values.ts";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const recipients = ["owner", "lead_agency", "watchers", "managers", "person"] as const;

type People = readonly { id: string; name: string }[];

/** Whom the rule tells, and to whom it passes on what stays open. */
export function RuleWho({ people }: { people: People }) {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<RuleValues>();
  const [date, escalates] = watch(["date", "escalates"]);
  const key = formState.errors.escalateAfter?.message;
  return (
    <div className="grid gap-4">
      <Recipients name="recipients" person="personId" legend={t("reminders.form.recipients")} people={people} hints />
      {date !== "gap" && (
        <>
          <Checkbox {...register("escalates")} label={t("reminders.form.escalate")} />
          {escalates && (
            <div className="ms-6 grid gap-4">
              <Field label={t("reminders.form.escalateAfter")} error={key && t.dynamic(key)} className="max-w-56">
                {(control) => (
                  <Input {...control} {...register("escalateAfter")} inputMode="numeric" autoComplete="off" />
                )}
              </Field>
              <Recipients
                name="escalateTo"
                person="escalatePersonId"
                legend={t("reminders.form.escalateTo")}
                people={people}
              />
            </div>
          )}
        </>
      )}
    </div>
  );
}

type Props = {
  name: "recipients" | "escalateTo";
  person: "personId" | "escalatePersonId";
  legend: string;
  people: People;
  hints?: boolean;
};

function Recipients({ name, person, legend, people, hints }: Props) {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<RuleValues>();
  const chosen = watch(name);
  const error = (field: typeof name | typeof person) => {
    const key = formState.errors[field]?.message;
    return key && t.dynamic(key);
  };
  const hint = {
    owner: t("reminders.form.ownerHint"),
    watchers: t("reminders.form.watchersHint"),
  } as Partial<Record<(typeof recipients)[number], string>>;
  return (
    <div className="grid gap-2">
      <ChoiceGroup legend={legend}>
        {recipients.map((recipient) => (
          <Checkbox
            key={recipient}
            value={recipient}
            {...register(name)}
            label={<span className="inline-block first-letter:uppercase">{t(`reminders.recipient.${recipient}`)}</span>}
            hint={hints && hint[recipient]}
          />
        ))}
      </ChoiceGroup>
      {error(name) && <p className="text-sm font-medium text-critical">{error(name)}</p>}
      {chosen.includes("person") && (
        <Field label={t("reminders.form.person")} error={error(person)} className="max-w-sm">
          {(control) => (
            <Select {...control} {...register(person)}>
              <option value="">{t("reminders.form.choosePerson")}</option>
              {people.map(({ id, name: theirs }) => (
                <option key={id} value={id}>
                  {theirs}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}
