"use client";
import { useActionState, useEffect, useRef } from "react";
import { EmailInput } from "#components/people/email-input.tsx";
import { PasswordInput } from "#components/people/password-input.tsx";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signIn } from "#lib/people/actions.ts";

/** E-mail and password. A plain form underneath: it signs in without any script. `next`: where to go then. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslator();
  const [{ error, typed }, action, busy] = useActionState(signIn, {});
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What was typed there is gone, and is what has to be typed again.
    if (error) password.current?.focus();
  }, [error]);
  return (
    <form action={action} className="grid gap-4">
      <Problem t={t} error={error} />
      <input type="hidden" name="next" value={next} />
      <Field label={t("account.email")}>
        {(control) => <EmailInput {...control} defaultValue={typed?.email} autoFocus={!typed} />}
      </Field>
      <Field label={t("account.password")}>
        {(control) => (
          <PasswordInput {...control} ref={password} name="password" autoComplete="current-password" required />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {t("account.signIn.submit")}
      </Button>
    </form>
  );
}
