"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { type FieldValues, FormProvider, type SubmitHandler } from "react-hook-form";
import type { z } from "zod";
import { Conflict } from "#components/commitments/conflict.tsx";
import { attempt } from "#components/commitments/edit-form.tsx";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { fieldAt, useClash } from "#components/commitments/use-clash.ts";
import { placeErrors } from "#components/people/form.ts";
import { Button } from "#components/ui/button.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** A field of a form, and how its value reads in a conflict. */
export type Shown = { name: string; label: string; show: (value: unknown) => string };

type Props<R> = {
  /** The schema of the action's input, which the form's values are. */
  schema: z.ZodType;
  action: (input: unknown) => Promise<ActionResult<R>>;
  /** What it begins with; with `id` and `version` where something is revised. */
  values: FieldValues;
  /** What two people can change differently. Other fields are never in conflict: each save adds to them. */
  shown?: readonly Shown[];
  /** Under which field an error stands that does not name one. */
  fieldOf?: Record<string, string>;
  /** What is said when it is saved. */
  done: string;
  /** The words of the button, where "Save" does not say enough. */
  submit?: string;
  danger?: boolean;
  /** Where to go when it is saved. Without it the page stays, and the form is ready for the next. */
  next?: (result: R) => string;
  /** Where "Cancel" leads. */
  cancel?: string;
  children: ReactNode;
};

/**
 * A thing of the catalogue as a form of its own. What is wrong stands under its field; when somebody saved meanwhile, both
 * values are shown and the person chooses; nobody leaves without being asked what is to become of what they typed.
 */
export function EntryForm<R>(props: Props<R>) {
  const {
    schema,
    action,
    values: begun,
    shown = [],
    fieldOf = {},
    done,
    submit,
    danger,
    next,
    cancel,
    children,
  } = props;
  const t = useTranslator();
  const router = useRouter();
  const { setDirty, guard } = useLeaveGuard();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm<FieldValues>({
    resolver: zodResolver(schema as z.ZodType<FieldValues, FieldValues>),
    defaultValues: begun,
  });
  const { isDirty, isSubmitting } = form.formState;
  useEffect(() => setDirty(isDirty), [isDirty, setDirty]);
  // The page was shown anew, and with it what stands there now.
  const { version } = begun;
  const { setValue } = form;
  useEffect(() => {
    if (version !== undefined) setValue("version", version);
  }, [version, setValue]);

  const send: SubmitHandler<FieldValues> = async (values) => {
    setProblem(null);
    const answer = await attempt(() => action({ ...values, ...withVersion() }));
    if (!answer.ok) {
      const { key, fields, conflict } = answer.error;
      if (conflict) return await clash.meet(conflict.version, conflict.theirs, sides);
      const wrong = fieldOf[key] ? { [fieldOf[key]]: [key] } : fields;
      if (!placeErrors(form.setError, wrong, fieldAt)) setProblem(key);
      return;
    }
    setDirty(false);
    showToast(done);
    if (next) return router.push(next(answer.result));
    form.reset(begun);
    router.refresh();
  };

  const withVersion = () => (begun.version === undefined ? {} : { version: form.getValues("version") });

  const sides = shown.map(({ name, label, show }) => ({ name, label, mine: show, theirs: show }));
  const clash = useClash(form, begun, () => form.handleSubmit(send)());

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(send)} className="grid gap-5">
        {clash.fields ? (
          <Conflict fields={clash.fields} onSettle={clash.settle} busy={isSubmitting} onCancel={clash.forget} />
        ) : (
          <>
            {children}
            <FormProblem text={problem && t.dynamic(problem)} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant={danger ? "danger" : "primary"} busy={isSubmitting}>
                {submit ?? t("common.save")}
              </Button>
              {cancel && <LinkButton href={cancel}>{t("common.cancel")}</LinkButton>}
            </div>
          </>
        )}
      </form>
      {guard}
    </FormProvider>
  );
}
