"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider } from "react-hook-form";
import { sendForm } from "#components/people/form.ts";
import { Problem } from "#components/people/problem.tsx";
import { ScheduleReport, type ScopeChoice } from "#components/schedules/schedule-report.tsx";
import { ScheduleTo } from "#components/schedules/schedule-to.tsx";
import {
  fieldOf,
  inputOf,
  type ScheduleGiven,
  type ScheduleValues,
  valuesOf,
} from "#components/schedules/schedule-values.ts";
import { ScheduleWhen } from "#components/schedules/schedule-when.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { createSchedule, updateSchedule } from "#lib/reports/schedules/actions.ts";
import type { Timing } from "#lib/reports/schedules/times.ts";
import { timingSentence } from "#lib/reports/schedules/words.ts";

type Props = {
  portfolio: string;
  /** Null: a new one. */
  id: string | null;
  version: number;
  given: ScheduleGiven;
  people: readonly { id: string; name: string }[];
  /** From Monday on. Browsers have no Lao ones. */
  weekdays: readonly string[];
  scopes: readonly ScopeChoice[];
};

/** A schedule to write or to change. Where somebody changed it meanwhile, theirs is shown. */
export function ScheduleForm({ portfolio, id, version: seen, given, people, weekdays, scopes }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [version, setVersion] = useState(seen);
  const [problem, setProblem] = useState<ActionError>();
  const form = useForm<ScheduleValues>({ defaultValues: valuesOf(given) });
  const list = `/${portfolio}/reports/schedules`;

  const submit = form.handleSubmit(async (values) => {
    const input = inputOf(values, given.request);
    const send = () =>
      id ? updateSchedule({ id, version, ...input }) : createSchedule({ portfolioId: portfolio, ...input });
    const sent = await sendForm<ScheduleValues, unknown>(send, form.setError, fieldOf);
    if ("result" in sent) {
      showToast(t("schedules.form.saved"));
      return router.push(list);
    }
    if (sent.problem?.conflict) setVersion(sent.problem.conflict.version);
    setProblem(sent.problem);
  });

  const theirs = problem?.conflict?.theirs as (Timing & { name: string; addresses: string[] }) | undefined;
  const nameError = form.formState.errors.name?.message;
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid gap-6">
        <Problem t={t} error={problem}>
          {theirs && (
            <>
              <p>{t("schedules.form.theirs")}</p>
              <p className="text-sm">
                {[theirs.name, timingSentence(t, theirs, weekdays), ...theirs.addresses].join(" · ")}
              </p>
              <p>{t("schedules.form.overwrite")}</p>
            </>
          )}
        </Problem>
        <Field label={t("schedules.form.name")} error={nameError && t.dynamic(nameError)} className="max-w-md">
          {(control) => <Input {...control} {...form.register("name")} autoComplete="off" />}
        </Field>
        <ScheduleReport scopes={scopes} />
        <ScheduleWhen weekdays={weekdays} />
        <ScheduleTo people={people} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={form.formState.isSubmitting}>
            {t("common.save")}
          </Button>
          <LinkButton href={list}>{t("common.cancel")}</LinkButton>
        </div>
      </form>
    </FormProvider>
  );
}
