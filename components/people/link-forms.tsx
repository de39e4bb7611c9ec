"use client";
import { type RefObject, useActionState, useEffect, useRef } from "react";
import { EmailInput } from "#components/people/email-input.tsx";
import { PasswordInput } from "#components/people/password-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { setPassword, setUp } from "#lib/people/actions.ts";

/** The first account, by the link that the start printed. */
export function SetUpForm({ token }: { token: string }) {
  const t = useTranslator();
  const [{ error, typed }, action, busy] = useActionState(setUp, {});
  const form = useRef<HTMLFormElement>(null);
  useFirstWrong(form, error);
  return (
    <form ref={form} action={action} className="grid gap-4">
      <Problem t={t} error={error} />
      <input type="hidden" name="token" value={token} />
      <Field label={t("people.field.name")} error={fieldError(t, error, "name")}>
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={typed?.name}
            autoComplete="name"
            required
            maxLength={120}
            autoFocus
          />
        )}
      </Field>
      <Field label={t("account.email")} error={fieldError(t, error, "email")}>
        {(control) => <EmailInput {...control} defaultValue={typed?.email} maxLength={254} />}
      </Field>
      <NewPassword error={error} />
      <Button type="submit" variant="primary" busy={busy}>
        {t("setup.submit")}
      </Button>
    </form>
  );
}

/** A password, by the link that an admin gave. `email` is there for the browser's password store. */
export function SetPasswordForm({ token, email }: { token: string; email: string }) {
  const t = useTranslator();
  const [{ error }, action, busy] = useActionState(setPassword, {});
  const form = useRef<HTMLFormElement>(null);
  useFirstWrong(form, error);
  return (
    <form ref={form} action={action} className="grid gap-4">
      <Problem t={t} error={error} />
      <input type="hidden" name="token" value={token} />
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <NewPassword error={error} autoFocus />
      <Button type="submit" variant="primary" busy={busy}>
        {t("account.setPassword.submit")}
      </Button>
    </form>
  );
}

/** After an answer, on to the first field that it finds fault with. */
function useFirstWrong(form: RefObject<HTMLFormElement | null>, error: ActionError | undefined): void {
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [form, error]);
}

function NewPassword({ error, autoFocus }: { error: ActionError | undefined; autoFocus?: boolean }) {
  const t = useTranslator();
  return (
    <Field
      label={t("account.password")}
      hint={t("account.changePassword.hint")}
      error={fieldError(t, error, "password")}
    >
      {(control) => (
        <PasswordInput {...control} name="password" autoComplete="new-password" required autoFocus={autoFocus} />
      )}
    </Field>
  );
}
