"use client";
import { useState, useTransition } from "react";
import { CodeInput } from "#components/people/code-input.tsx";
import { fieldError, Problem, wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { beginTotp, confirmTotp } from "#lib/people/factor-actions.ts";

type Shared = { typed: string; picture: { size: number; path: string } };

/** Sets up an authenticator app: a key for it, and a code that shows that it has the key. */
export function TotpSetup({ onDone }: { onDone: (codes: string[] | null) => void }) {
  const t = useTranslator();
  const [shared, setShared] = useState<Shared>();
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();

  function begin() {
    start(async () => {
      const answer = await keepingSession(() => beginTotp({}));
      if (answer.ok) setShared(answer.result);
      else showToast(wordsOf(t, answer.error), "critical");
    });
  }

  function confirm(data: FormData) {
    start(async () => {
      const answer = await keepingSession(() => confirmTotp({ code: data.get("code") }));
      if (!answer.ok) return setError(answer.error);
      showToast(t("security.app.done"));
      onDone(answer.result.codes);
    });
  }

  if (!shared) {
    return (
      <div>
        <Button icon="device" busy={busy} onClick={begin}>
          {t("security.app.begin")}
        </Button>
      </div>
    );
  }
  const wrong = fieldError(t, error, "code");
  return (
    <form action={confirm} className="grid gap-4 rounded-md border border-line p-3">
      <p>{t("security.app.scan")}</p>
      <div className="flex flex-wrap items-start gap-4">
        <QrCode picture={shared.picture} label={t("security.app.picture")} />
        <div className="grid min-w-56 flex-1 gap-4">
          <Field label={t("security.app.key")}>
            {(control) => (
              <Input
                {...control}
                readOnly
                value={shared.typed}
                onFocus={(event) => event.target.select()}
                className="font-mono text-sm"
              />
            )}
          </Field>
          <Problem t={t} error={wrong ? undefined : error} />
          <Field label={t("security.app.code")} hint={t("security.app.codeHint")} error={wrong}>
            {(control) => <CodeInput {...control} inputMode="numeric" />}
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              {t("security.app.confirm")}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

/** Dark on light whatever the page's colours are: few cameras read it the other way round. */
function QrCode({ picture: { size, path }, label }: { picture: Shared["picture"]; label: string }) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className="size-48 flex-none"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
