"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { reviseMeeting } from "#lib/meetings/actions.ts";
import { meetingDateInput } from "#lib/meetings/schema.ts";

type Props = { id: string; version: number; phrase: string | null; edtf: string | null; anchored: number };

/** A new date for a meeting, with the number of deadlines that move with it. */
export function ReviseDate({ id, version, phrase, edtf, anchored }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    resolver: zodResolver(meetingDateInput),
    values: { id, version, phrase: phrase ?? "", edtf: edtf ?? "", inferred: null, reason: "" },
    // Where somebody saved meanwhile, the page shows theirs and the form what this person wants.
    resetOptions: { keepDirtyValues: true },
  });
  const { errors, isSubmitting } = form.formState;
  const error = (field: keyof typeof errors) => errors[field]?.message && t.dynamic(errors[field].message);

  const save = form.handleSubmit(async (values) => {
    setProblem(null);
    const answer = await reviseMeeting(values);
    if (!answer.ok) {
      setProblem(t.dynamic(answer.error.key));
      if (answer.error.conflict) router.refresh();
      return;
    }
    form.reset({ ...form.getValues(), reason: "" });
    showToast(t("meetings.revise.done", { count: answer.result.moved }));
    router.refresh();
  });

  return (
    <details className="rounded-md border border-line bg-surface print:hidden">
      <summary className="control px-3 py-1.5 font-medium">{t("meetings.revise.title")}</summary>
      <form onSubmit={save} noValidate className="grid max-w-prose gap-3 px-3 pb-3">
        <p className="text-muted">{t("meetings.revise.lead", { count: anchored })}</p>
        <Field label={t("meetings.revise.edtf")} hint={t("meetings.revise.edtfHint")} error={error("edtf")}>
          {(control) => <Input {...control} {...form.register("edtf")} autoComplete="off" />}
        </Field>
        <Field label={t("meetings.revise.phrase")} error={error("phrase")}>
          {(control) => <Input {...control} {...form.register("phrase")} autoComplete="off" />}
        </Field>
        <Field label={t("meetings.revise.reason")} required={t("common.required")} error={error("reason")}>
          {(control) => <Textarea {...control} {...form.register("reason")} rows={2} />}
        </Field>
        {problem && (
          <p role="alert" className="text-critical">
            {problem}
          </p>
        )}
        <Button type="submit" variant="primary" busy={isSubmitting} className="justify-self-start">
          {isSubmitting ? t("common.saving") : t("common.save")}
        </Button>
      </form>
    </details>
  );
}
