"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type FieldValues, FormProvider, type SubmitHandler } from "react-hook-form";
import type { z } from "zod";
import { type Clashing, Conflict } from "#components/commitments/conflict.tsx";
import { attempt } from "#components/commitments/edit-form.tsx";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { merge } from "#components/commitments/merge.ts";
import { Button } from "#components/ui/button.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError, ActionResult } from "#lib/action.ts";
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
  const seen = useRef<FieldValues>(begun);
  const { setDirty, guard } = useLeaveGuard();
  const [problem, setProblem] = useState<string | null>(null);
  const [clash, setClash] = useState<{ fields: Clashing[]; theirs: FieldValues } | null>(null);
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
    if (!answer.ok) return answer.error.conflict ? await meet(answer.error.conflict) : refuse(answer.error);
    setDirty(false);
    showToast(done);
    if (next) return router.push(next(answer.result));
    form.reset(begun);
    router.refresh();
  };

  const withVersion = () => (begun.version === undefined ? {} : { version: form.getValues("version") });

  function refuse({ key, fields }: ActionError) {
    const placed = Object.entries(fieldOf[key] ? { [fieldOf[key]]: [key] } : (fields ?? {})).filter(
      ([path]) => path !== "form" && path !== "id" && path !== "version",
    );
    for (const [at, [path, [message]]] of placed.entries()) form.setError(path, { message }, { shouldFocus: at === 0 });
    if (placed.length === 0) setProblem(key);
  }

  /** Somebody saved meanwhile. What only they or only we changed goes together; the rest the person has to choose. */
  async function meet({ version: newer, theirs }: NonNullable<ActionError["conflict"]>) {
    const mine = form.getValues();
    const { taken, clashing } = merge(
      shown.map(({ name }) => name),
      { seen: seen.current, theirs, mine },
    );
    for (const field of taken) form.setValue(field, theirs[field]);
    seen.current = { ...seen.current, ...theirs };
    form.setValue("version", newer);
    if (clashing.length === 0) return await form.handleSubmit(send)();
    const fields = shown
      .filter(({ name }) => clashing.includes(name))
      .map(({ name, label, show }) => ({ name, label, mine: show(mine[name]), theirs: show(theirs[name]) }));
    setClash({ fields, theirs });
  }

  async function settle(choices: Record<string, "mine" | "theirs">) {
    if (!clash) return;
    for (const { name } of clash.fields) if (choices[name] === "theirs") form.setValue(name, clash.theirs[name]);
    setClash(null);
    await form.handleSubmit(send)();
  }

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(send)} className="grid gap-5">
        {clash ? (
          <Conflict
            fields={clash.fields}
            onSettle={settle}
            busy={isSubmitting}
            onCancel={() => {
              setClash(null);
            }}
          />
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
