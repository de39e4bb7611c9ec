"use client";
import { useActionState, useEffect, useRef } from "react";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { comeBack } from "#lib/people/oidc-actions.ts";

/** Sends on what the organisation's sign-in sent along: at once, or without any script by the button. */
export function Returned({ answer }: { answer: string }) {
  const t = useTranslator();
  const [{ error }, action, busy] = useActionState(comeBack, {});
  const form = useRef<HTMLFormElement>(null);
  const sent = useRef(false);
  useEffect(() => {
    // An answer is good once, also where this runs twice.
    if (sent.current) return;
    sent.current = true;
    form.current?.requestSubmit();
  }, []);
  return (
    <>
      <Problem t={t} error={error} />
      {error ? (
        <LinkButton href="/sign-in" className="mt-6">
          {t("oidc.back.again")}
        </LinkButton>
      ) : (
        <form ref={form} action={action}>
          <input type="hidden" name="answer" value={answer} />
          <Button type="submit" variant="primary" busy={busy}>
            {t("oidc.back.go")}
          </Button>
        </form>
      )}
    </>
  );
}
