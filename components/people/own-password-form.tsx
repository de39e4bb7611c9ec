"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { sendForm } from "#components/people/form.ts";
import { PasswordInput } from "#components/people/password-input.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { changePassword } from "#lib/people/actions.ts";
import { changePasswordInput } from "#lib/people/schema.ts";

type Values = { present: string; password: string };

const empty: Values = { present: "", password: "" };

/** One's own password: the present one, and the new one. `email` is there for the browser's password store. */
export function OwnPasswordForm({ email }: { email: string }) {
  const t = useTranslator();
  const [problem, setProblem] = useState<ActionError>();
  const { register, handleSubmit, setError, reset, formState } = useForm<Values>({
    resolver: zodResolver(changePasswordInput),
    defaultValues: empty,
  });
  const error = (field: keyof Values) => {
    const key = formState.errors[field]?.message;
    return key && t.dynamic(key);
  };

  const submit = handleSubmit(async (values) => {
    const sent = await sendForm(() => changePassword(values), setError, ["present", "password"]);
    if ("problem" in sent) return setProblem(sent.problem);
    setProblem(undefined);
    reset(empty);
    showToast(t("account.changePassword.done"));
  });

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Problem t={t} error={problem} />
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("account.changePassword.present")} error={error("present")}>
        {(control) => <PasswordInput {...control} {...register("present")} autoComplete="current-password" />}
      </Field>
      <Field label={t("account.changePassword.new")} hint={t("account.changePassword.hint")} error={error("password")}>
        {(control) => <PasswordInput {...control} {...register("password")} autoComplete="new-password" />}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {t("account.changePassword.submit")}
        </Button>
      </div>
    </form>
  );
}
