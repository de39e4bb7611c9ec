"use client";
import { useRef, useState, useTransition } from "react";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { ActionError } from "#lib/action.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { createOwnToken } from "#lib/people/actions.ts";
import { tokenDays } from "#lib/people/schema.ts";

/** A form for a new API token of one's own, which is shown once. */
export function NewToken() {
  const t = useTranslator();
  const { moment } = format(useLocale());
  const [made, setMade] = useState<{ secret: string; expiresAt: Date | null }>();
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  function make(data: FormData) {
    const [label, days] = [data.get("label"), data.get("days")];
    const access = data.get("write") ? "write" : "read";
    start(async () => {
      const answer = await keepingSession(() => createOwnToken({ label, days, access }));
      setError(answer.ok ? undefined : answer.error);
      setMade(answer.ok ? answer.result : undefined);
      if (answer.ok) form.current?.reset();
    });
  }

  return (
    <div className="mt-4 grid gap-4 border-t border-line pt-4">
      {made && (
        <div className="grid gap-3 rounded-md border border-positive bg-positive-soft p-3" role="status">
          <p>{t("account.tokens.new.shown", { end: made.expiresAt ? moment(made.expiresAt) : "" })}</p>
          <Field label={t("account.tokens.new.secret")}>
            {(control) => (
              <Input
                {...control}
                readOnly
                value={made.secret}
                onFocus={(event) => event.target.select()}
                className="font-mono text-sm"
              />
            )}
          </Field>
        </div>
      )}
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          make(new FormData(event.currentTarget));
        }}
        className="grid gap-4"
      >
        <h3 className="text-base">{t("account.tokens.new.title")}</h3>
        <Problem t={t} error={error?.fields ? undefined : error} />
        <Field
          label={t("account.tokens.new.label")}
          hint={t("account.tokens.new.labelHint")}
          error={fieldError(t, error, "label")}
        >
          {(control) => <Input {...control} name="label" maxLength={80} required />}
        </Field>
        <Field label={t("account.tokens.new.days")} error={fieldError(t, error, "days")}>
          {(control) => (
            <Select {...control} name="days" defaultValue="90">
              {tokenDays.map((days) => (
                <option key={days} value={days}>
                  {t("account.tokens.new.daysMany", { days: Number(days) })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Checkbox name="write" label={t("account.tokens.new.write")} hint={t("account.tokens.new.writeHint")} />
        <div>
          <Button type="submit" icon="plus" busy={busy}>
            {t("account.tokens.new.submit")}
          </Button>
        </div>
      </form>
    </div>
  );
}
