"use client";
import { type SubmitEvent, useState, useTransition } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { makePasskey } from "#components/people/passkey.ts";
import { fieldOr } from "#components/people/passkey-button.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { removePasskey } from "#lib/people/factor-actions.ts";

export type ShownPasskey = { id: string; label: string; createdAt: Date; lastUsedAt: Date | null };

type Props = { passkeys: readonly ShownPasskey[]; onChange: (codes: string[] | null) => void };

/** One's own passkeys, each with the way to remove it, and a form for one more. */
export function Passkeys({ passkeys, onChange }: Props) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();

  // Not by the form's action: React would empty the box, also of who was told to try again.
  function add(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    start(async () => {
      const answer = await keepingSession(() => makePasskey(String(new FormData(form).get("label") ?? "")));
      setError(answer.ok ? undefined : answer.error);
      if (!answer.ok) return;
      form.reset();
      showToast(t("security.passkeys.added"));
      onChange(answer.result.codes);
    });
  }

  const wrong = fieldError(t, error, "label");
  return (
    <div className="grid gap-2">
      <h3 className="text-base">{t("security.passkeys.title")}</h3>
      <p className="text-sm text-muted">{t("security.passkeys.body")}</p>
      <ul className="grid">
        {passkeys.map(({ id, label, createdAt, lastUsedAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
          >
            <div className="min-w-0">
              <p className="font-semibold">{label}</p>
              <p className="text-sm text-muted">
                {lastUsedAt
                  ? t("security.passkeys.used", { start: moment(createdAt), last: moment(lastUsedAt) })
                  : t("security.passkeys.made", { start: moment(createdAt) })}
              </p>
            </div>
            <ActButton
              label={t("security.passkeys.remove")}
              of={label}
              size="sm"
              act={() => removePasskey({ id })}
              done={t("security.passkeys.removed")}
              onDone={() => onChange(null)}
              confirm={{
                title: t("security.passkeys.removeTitle"),
                body: t("security.passkeys.removeBody", { label }),
              }}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={add} className="grid gap-2">
        <Problem t={t} error={error && !wrong ? fieldOr(error) : undefined} />
        <Field label={t("security.passkeys.label")} hint={t("security.passkeys.labelHint")} error={wrong}>
          {(control) => <Input {...control} name="label" maxLength={80} required />}
        </Field>
        <div>
          <Button type="submit" icon="plus" busy={busy}>
            {t("security.passkeys.add")}
          </Button>
        </div>
      </form>
    </div>
  );
}
