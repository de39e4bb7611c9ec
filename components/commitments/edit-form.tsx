"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type FieldValues, FormProvider, type SubmitHandler } from "react-hook-form";
import type { z } from "zod";
import { Conflict } from "#components/commitments/conflict.tsx";
import type { FormData } from "#components/commitments/forms.ts";
import { useFrame } from "#components/commitments/frame.ts";
import { loadValues } from "#components/commitments/load-values.ts";
import { fieldAt, useClash } from "#components/commitments/use-clash.ts";
import { placeErrors } from "#components/people/form.ts";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionResult } from "#lib/action.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Saved = { id: string; version: number };

/** A field of a form, and how its value reads. */
type Shown = {
  name: string;
  label: string;
  /** `record`: as that side has it, for names. */
  show: (value: unknown, record: CommitmentRecord) => string;
};

type Props = {
  /** The schema of the action's input, which the form's values are. */
  schema: z.ZodType;
  action: (input: unknown) => Promise<ActionResult<Saved>>;
  data: FormData;
  /** The form's values for a record as it stands; `id` and `version` are added. */
  toValues: (record: CommitmentRecord) => FieldValues;
  /** How a conflict shows each field. Fields that are not here are never in conflict: each save adds to them. */
  shown: readonly Shown[];
  /** What is said when it is saved. */
  done: string;
  /** The words of the button, where "Save" does not say enough. */
  submit?: string;
  danger?: boolean;
  children: ReactNode;
};

/**
 * A section of a record as a form. What is wrong stands under its field; when somebody saved meanwhile, both values are
 * shown and the person chooses; a session that is over is renewed and the rest goes on; nothing that was typed is lost.
 */
export function EditForm({ schema, action, data, toValues, shown, done, submit, danger, children }: Props) {
  const t = useTranslator();
  const { base, opened, close, saved, setDirty } = useFrame();
  const { id, version } = data.record;
  const [problem, setProblem] = useState<string | null>(null);
  const frame = useRef<HTMLFormElement>(null);
  const form = useForm<FieldValues>({
    resolver: zodResolver(schema as z.ZodType<FieldValues, FieldValues>),
    defaultValues: { ...toValues(data.record), id, version },
  });
  const { isDirty, isSubmitting } = form.formState;
  useEffect(() => {
    setDirty(isDirty);
    return () => setDirty(false);
  }, [isDirty, setDirty]);
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea, button")?.focus();
  }, []);

  const send: SubmitHandler<FieldValues> = async (values) => {
    setProblem(null);
    const answer = await attempt(() => action({ ...values, version: form.getValues("version") }));
    if (answer.ok) {
      form.reset(form.getValues());
      showToast(done);
      return saved(answer.result.version);
    }
    const { error } = answer;
    if (error.conflict) return await meet();
    if (!placeErrors(form.setError, error.fields, fieldAt)) setProblem(error.key);
  };
  const clash = useClash(form, toValues(data.record), () => form.handleSubmit(send)());

  /** Somebody saved meanwhile: their values are fetched. */
  async function meet() {
    const name = opened?.name;
    if (!name) return;
    let fresh: FormData;
    try {
      fresh = await loadValues(base, name);
    } catch {
      return setProblem("commitments.edit.offline");
    }
    const fields = shown.map(({ name, label, show }) => ({
      ...{ name, label },
      mine: (value: unknown) => show(value, data.record),
      theirs: (value: unknown) => show(value, fresh.record),
    }));
    await clash.meet(fresh.record.version, toValues(fresh.record), fields);
  }

  return (
    <FormProvider {...form}>
      <form
        ref={frame}
        noValidate
        onSubmit={form.handleSubmit(send)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.defaultPrevented) return;
          // Or the same key closes the question whether to leave, before anybody sees it.
          event.preventDefault();
          close();
        }}
        className="my-1 grid gap-4 rounded-lg border border-line bg-surface p-3 sm:p-4"
      >
        {clash.fields ? (
          <Conflict fields={clash.fields} onSettle={clash.settle} busy={isSubmitting} onCancel={close} />
        ) : (
          <>
            {children}
            <FormProblem text={problem && t.dynamic(problem)} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant={danger ? "danger" : "primary"} busy={isSubmitting}>
                {submit ?? t("common.save")}
              </Button>
              <Button onClick={close}>{t("common.cancel")}</Button>
            </div>
          </>
        )}
      </form>
    </FormProvider>
  );
}

/** Sends; a session that is over is renewed on the way, and a server that can't be reached is an error like any other. */
export async function attempt<R>(send: () => Promise<ActionResult<R>>): Promise<ActionResult<R>> {
  try {
    return await keepingSession(send);
  } catch {
    return { ok: false, error: { key: "commitments.edit.offline", status: 0 } };
  }
}
