"use client";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { CodeInput } from "#components/people/code-input.tsx";
import { ElsewhereButton } from "#components/people/elsewhere-button.tsx";
import { answerByPasskey } from "#components/people/passkey.ts";
import { fieldOr } from "#components/people/passkey-button.tsx";
import { PasswordInput } from "#components/people/password-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import type { ActionError, ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import {
  askToConfirm,
  confirmByCode,
  confirmByPasskey,
  confirmByPassword,
  type Ways,
  waysToConfirm,
} from "#lib/people/factor-actions.ts";

type Props = { email: string; onAnswer: (done: boolean) => void };

/** Asks whoever is signed in to show again who they are: by what they have of a second factor, or by their password. */
export function ConfirmDialog({ email, onAnswer }: Props) {
  const t = useTranslator();
  const form = useId();
  const [ways, setWays] = useState<Ways>();
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void waysToConfirm().then((answer) => (answer.ok ? setWays(answer.result) : setError(answer.error)));
  }, []);
  useEffect(() => {
    if (ways) field.current?.focus();
  }, [ways]);

  const run = (show: () => Promise<ActionResult<undefined>>) =>
    start(async () => {
      const answer = await show();
      if (answer.ok) return onAnswer(true);
      setError(answer.error);
      field.current?.focus();
    });

  const byFactor = ways && (ways.codes || ways.passkeys);
  const wrong = fieldError(t, error, "code") ?? fieldError(t, error, "password");
  return (
    <Dialog
      open
      onClose={() => onAnswer(false)}
      title={t("security.confirm.title")}
      closeLabel={t("common.close")}
      size="sm"
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>{t("common.cancel")}</Button>
          {ways?.passkeys && (
            <Button icon="lock" busy={busy} onClick={() => run(() => answerByPasskey(confirmByPasskey, askToConfirm))}>
              {t("security.passkeys.use")}
            </Button>
          )}
          {ways && (ways.codes || !(byFactor || ways.elsewhere)) && (
            <Button type="submit" form={form} variant="primary" busy={busy}>
              {t("security.confirm.submit")}
            </Button>
          )}
        </>
      }
    >
      <form
        id={form}
        action={(data) =>
          run(() =>
            byFactor
              ? confirmByCode({ code: data.get("code") })
              : confirmByPassword({ password: data.get("password") }),
          )
        }
        className="grid gap-4"
      >
        <p>{t("security.confirm.body")}</p>
        <Problem t={t} error={error && !wrong ? fieldOr(error) : undefined} />
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        {ways?.codes && (
          <Field label={t("security.step.code")} hint={t("security.step.codeHint")} error={wrong}>
            {(control) => <CodeInput {...control} ref={field} />}
          </Field>
        )}
        {ways && !byFactor && !ways.elsewhere && (
          <Field label={t("account.password")} error={wrong}>
            {(control) => (
              <PasswordInput {...control} ref={field} name="password" autoComplete="current-password" required />
            )}
          </Field>
        )}
      </form>
      {ways?.elsewhere && !byFactor && (
        <>
          <p className="mt-4">{t("oidc.confirm.body", { name: ways.elsewhere })}</p>
          <ElsewhereButton name={ways.elsewhere} next={window.location.pathname + window.location.search} anew />
        </>
      )}
    </Dialog>
  );
}
