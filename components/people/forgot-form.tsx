"use client";
import { useActionState, useEffect, useRef } from "react";
import { EmailInput } from "#components/people/email-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { forgotPassword } from "#lib/people/actions.ts";

/** The address to which a link goes, if it is somebody's. It works without any script. */
export function ForgotForm() {
  const t = useTranslator();
  const [{ error, typed, sent }, action, busy] = useActionState(forgotPassword, {});
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  const wrong = fieldError(t, error, "email");
  if (sent) {
    return (
      <div className="rounded-md border border-positive bg-positive-soft p-3" role="status">
        <p className="font-semibold">{t("account.forgotten.sentTitle")}</p>
        <p>{t("account.forgotten.sentBody")}</p>
      </div>
    );
  }
  return (
    <form action={action} className="grid gap-4">
      <Problem t={t} error={wrong ? undefined : error} />
      <Field label={t("account.email")} error={wrong}>
        {(control) => <EmailInput {...control} ref={box} defaultValue={typed?.email} autoFocus={!typed} />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {t("account.forgotten.submit")}
      </Button>
    </form>
  );
}
