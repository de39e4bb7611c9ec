"use client";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { PasswordInput } from "#components/people/password-input.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signInAgain } from "#lib/people/actions.ts";

type Props = { email: string; onAnswer: (signedIn: boolean) => void };

/** Signs the same person in again. Somebody else would go on with pages that were made for the first one. */
export function SignInAgainDialog({ email, onAnswer }: Props) {
  const t = useTranslator();
  const form = useId();
  const [error, setError] = useState<ActionError>();
  const [busy, send] = useTransition();
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => password.current?.focus(), []);

  function submit(data: FormData) {
    send(async () => {
      const result = await signInAgain({ email, password: data.get("password") });
      if (result.ok) return onAnswer(true);
      setError(result.error);
      password.current?.focus();
    });
  }

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
        <Problem t={t} error={error} />
        <Field label={t("account.email")}>
          {(control) => <Input {...control} value={email} readOnly autoComplete="username" />}
        </Field>
        <Field label={t("account.password")}>
          {(control) => (
            <PasswordInput {...control} ref={password} name="password" autoComplete="current-password" required />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
