"use client";
import { useActionState, useEffect, useRef } from "react";
import { CodeInput } from "#components/people/code-input.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signInStep } from "#lib/people/actions.ts";

/** The second step of signing in, by a code. It works without any script. `next`: where to go then. */
export function StepForm({ next, hint }: { next: string; hint: string }) {
  const t = useTranslator();
  const [{ error }, action, busy] = useActionState(signInStep, {});
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) code.current?.focus();
  }, [error]);
  const wrong = fieldError(t, error, "code");
  return (
    <form action={action} className="grid gap-4">
      <Problem t={t} error={wrong ? undefined : error} />
      <input type="hidden" name="next" value={next} />
      <Field label={t("security.step.code")} hint={hint} error={wrong}>
        {(control) => <CodeInput {...control} ref={code} autoFocus />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {t("account.signIn.submit")}
      </Button>
    </form>
  );
}
