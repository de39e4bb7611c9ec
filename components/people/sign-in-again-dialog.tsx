"use client";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { CodeInput } from "#components/people/code-input.tsx";
import { answerByPasskey } from "#components/people/passkey.ts";
import { fieldOr } from "#components/people/passkey-button.tsx";
import { PasswordInput } from "#components/people/password-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ActionError, ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { askForPasskey, signInAgain, signInAgainStep, signInByPasskey } from "#lib/people/actions.ts";

type Props = { email: string; onAnswer: (signedIn: boolean) => void };

/** Signs the same person in again. Somebody else would go on with pages that were made for the first one. */
export function SignInAgainDialog({ email, onAnswer }: Props) {
  const t = useTranslator();
  const form = useId();
  const [error, setError] = useState<ActionError>();
  const [busy, send] = useTransition();
  const [half, setHalf] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Of the step that it is: the password first, then the code.
    if (field.current?.name === (half ? "code" : "password")) field.current.focus();
  }, [half]);

  function submit(data: FormData) {
    send(async () => {
      if (half) return finish(() => signInAgainStep({ half, code: data.get("code") }));
      const answer = await signInAgain({ email, password: data.get("password") });
      if (answer.ok && answer.result.half === null) return onAnswer(true);
      setError(answer.ok ? undefined : answer.error);
      if (answer.ok) setHalf(answer.result.half);
      else field.current?.focus();
    });
  }

  /** The second step. Where that took too long, the password is asked for again. */
  async function finish(show: () => Promise<ActionResult<unknown>>) {
    const answer = await show();
    if (answer.ok) return onAnswer(true);
    setError(answer.error);
    if (answer.error.key === "security.errors.halfOver") setHalf(null);
    field.current?.focus();
  }

  const byPasskey = () =>
    send(() =>
      finish(() =>
        answerByPasskey(
          (answer) => signInByPasskey(answer, half),
          () => askForPasskey(half),
        ),
      ),
    );

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
          {half && (
            <Button icon="lock" busy={busy} onClick={byPasskey}>
              {t("security.passkeys.use")}
            </Button>
          )}
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t("account.signIn.submit")}
          </Button>
        </>
      }
    >
      <form id={form} action={submit} className="grid gap-4">
        <p>{t("account.again.body")}</p>
        <Problem t={t} error={error && !codeError ? fieldOr(error) : undefined} />
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
