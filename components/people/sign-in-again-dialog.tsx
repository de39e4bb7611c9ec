"use client";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { CodeInput } from "#components/people/code-input.tsx";
import { PasswordInput } from "#components/people/password-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signInAgain, signInAgainStep } from "#lib/people/actions.ts";

type Props = { email: string; onAnswer: (signedIn: boolean) => void };

/** Signs the same person in again. Somebody else would go on with pages that were made for the first one. */
export function SignInAgainDialog({ email, onAnswer }: Props) {
  const t = useTranslator();
  const form = useId();
  const [error, setError] = useState<ActionError>();
  const [busy, send] = useTransition();
  const [half, setHalf] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Of the step that it is: the password first, then the code.
    if (field.current?.name === (half ? "code" : "password")) field.current.focus();
  }, [half]);

  function submit(data: FormData) {
    send(async () => {
      const result = half
        ? await signInAgainStep({ code: data.get("code") })
        : await signInAgain({ email, password: data.get("password") });
      if (result.ok && result.result === "in") return onAnswer(true);
      setHalf(result.ok || (half && result.error.key !== "security.errors.halfOver"));
      setError(result.ok ? undefined : result.error);
      field.current?.focus();
    });
  }

  const codeError = fieldError(t, error, "code");
  return (
    <Dialog
      open
      onClose={() => onAnswer(false)}
      title={t("account.again.title")}
      closeLabel={t("common.close")}
      size="sm"
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>{t("common.cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("account.signIn.submit")}
          </Button>
        </>
      }
    >
      <form id={form} action={submit} className="grid gap-4">
        <p>{t("account.again.body")}</p>
        <Problem t={t} error={codeError ? undefined : error} />
        <Field label={t("account.email")}>
          {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
        </Field>
        {half ? (
          <Field label={t("security.step.code")} hint={t("security.step.codeHint")} error={codeError}>
            {(control) => <CodeInput {...control} ref={field} />}
          </Field>
        ) : (
          <Field label={t("account.password")}>
            {(control) => (
              <PasswordInput {...control} ref={field} name="password" autoComplete="current-password" required />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
