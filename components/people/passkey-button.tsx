"use client";
import { useEffect, useState, useTransition } from "react";
import { answerByPasskey } from "#components/people/passkey.ts";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signInByPasskey } from "#lib/people/actions.ts";

/** Signs in by a passkey, alone or as the second step. It is there where the browser has passkeys. `next`: where to go then. */
export function PasskeyButton({ label, next }: { label: string; next: string }) {
  const t = useTranslator();
  const [there, setThere] = useState(false);
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  useEffect(() => setThere(typeof PublicKeyCredential === "function"), []);
  if (!there) return null;

  function use() {
    start(async () => {
      const answer = await answerByPasskey(signInByPasskey);
      if (!answer.ok) return setError(answer.error);
      // The page anew, as somebody else's: nothing of the one before is to stay.
      window.location.assign(next);
      await new Promise(() => {});
    });
  }

  return (
    <div className="mt-4 grid gap-3">
      <Problem t={t} error={error && fieldOr(error)} />
      <Button icon="lock" busy={busy} onClick={use}>
        {label}
      </Button>
    </div>
  );
}

/** What was wrong with the answer of a passkey belongs to no field that is shown. */
export function fieldOr(error: ActionError): ActionError {
  const [key = error.key] = Object.values(error.fields ?? {}).flat();
  return { ...error, key };
}
