"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider } from "react-hook-form";
import { sendForm } from "#components/people/form.ts";
import { Problem } from "#components/people/problem.tsx";
import { RuleName } from "#components/reminders/rule-name.tsx";
import { RuleRecords, type ViewChoice } from "#components/reminders/rule-records.tsx";
import { fieldOf, inputOf, newRule, type RuleValues, saidOf } from "#components/reminders/rule-values.ts";
import { RuleWhen } from "#components/reminders/rule-when.tsx";
import { RuleWho } from "#components/reminders/rule-who.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { createRule, updateRule } from "#lib/reminders/actions.ts";
import { ruleSentences, type Said } from "#lib/reminders/sentence.ts";

type Props = {
  portfolio: string;
  /** Null: a new one. */
  rule: { id: string; version: number; values: RuleValues } | null;
  people: readonly { id: string; name: string }[];
  views: readonly ViewChoice[];
};

/** A rule to write or to change, with what it says in words. Where somebody changed it meanwhile, theirs is shown. */
export function RuleForm({ portfolio, rule, people, views }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [version, setVersion] = useState(rule?.version ?? 0);
  const [problem, setProblem] = useState<ActionError>();
  const form = useForm<RuleValues>({ defaultValues: rule?.values ?? newRule });
  const nameOf = (id: string | null) => people.find((person) => person.id === id)?.name ?? null;
  const list = `/${portfolio}/reminders`;

  const submit = form.handleSubmit(async (values) => {
    const input = inputOf(values);
    const send = () =>
      rule ? updateRule({ id: rule.id, version, ...input }) : createRule({ portfolioId: portfolio, ...input });
    const sent = await sendForm<RuleValues, unknown>(send, form.setError, fieldOf);
    if ("result" in sent) {
      showToast(t(rule ? "reminders.form.saved" : "reminders.form.added"));
      return router.push(list);
    }
    if (sent.problem?.conflict) setVersion(sent.problem.conflict.version);
    setProblem(sent.problem);
  });

  const theirs = problem?.conflict?.theirs as (Said & { personId: string; escalatePersonId: string }) | undefined;
  const said = saidOf(form.watch(), nameOf);
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid gap-6">
        <Problem t={t} error={problem}>
          {theirs && (
            <>
              <p>{t("reminders.form.theirs")}</p>
              <p className="text-sm">
                {ruleSentences(t, {
                  ...theirs,
                  person: nameOf(theirs.personId),
                  escalatePerson: nameOf(theirs.escalatePersonId),
                }).join(" ")}
              </p>
              <p>{t("reminders.form.overwrite")}</p>
            </>
          )}
        </Problem>
        <RuleName />
        <RuleRecords portfolio={portfolio} views={views} />
        <RuleWhen />
        <RuleWho people={people} />
        <section aria-live="polite" className="grid gap-1 rounded-md bg-sunken px-3 py-2">
          <h2 className="text-sm font-semibold">{t("reminders.form.words")}</h2>
          {said ? ruleSentences(t, said).map((sentence) => <p key={sentence}>{sentence}</p>) : <p>–</p>}
        </section>
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
