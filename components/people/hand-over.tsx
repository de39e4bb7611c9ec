"use client";
import { useId, useState, useTransition } from "react";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { handOver } from "#lib/people/actions.ts";

type Props = {
  id: string;
  name: string;
  commitments: number;
  views: number;
  rules: number;
  templates: number;
  schedules: number;
  successors: readonly { name: string; email: string }[];
};

/** Disables somebody who leaves, and gives all that they answer for to somebody else. */
export function HandOver({ id, name, successors, ...counts }: Props) {
  const t = useTranslator();
  const list = useId();
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();

  function send(data: FormData) {
    start(async () => {
      const answer = await keepingSession(() => handOver({ id, email: data.get("email") }));
      setError(answer.ok ? undefined : answer.error);
      if (answer.ok) showToast(t("people.handOver.done", { name, to: answer.result.name }));
    });
  }

  const wrong = fieldError(t, error, "email");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
      className="grid gap-3"
    >
      <p>{t("people.handOver.body", counts)}</p>
      <Problem t={t} error={wrong ? undefined : error} />
      <Field label={t("people.handOver.to")} hint={t("people.handOver.toHint")} error={wrong}>
        {(control) => (
          <Input {...control} name="email" inputMode="email" list={list} autoComplete="off" required maxLength={254} />
        )}
      </Field>
      <datalist id={list}>
        {successors.map(({ email, name: label }) => (
          <option key={email} value={email}>
            {label}
          </option>
        ))}
      </datalist>
      <div>
        <Button type="submit" variant="danger" icon="people" busy={busy}>
          {t("people.handOver.submit")}
        </Button>
      </div>
    </form>
  );
}
