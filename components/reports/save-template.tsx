"use client";
import { type FormEvent, useState } from "react";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { saveTemplate } from "#lib/reports/actions.ts";
import type { ReportRequest } from "#lib/reports/request.ts";

type Props = { portfolio: string; request: ReportRequest };

/** Keeps what was asked for as a template for everybody. Needs the messages of "reports.own", "reports.errors" and those of `Problem`. */
export function SaveTemplate({ portfolio, request }: Props) {
  const t = useTranslator();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError>();

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get("name");
    setBusy(true);
    setError(undefined);
    const answer = await keepingSession(() => saveTemplate({ portfolioId: portfolio, name, request }));
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    showToast(t("reports.own.saved"));
    setOpen(false);
  }

  const wrong = fieldError(t, error, "name");
  return (
    <>
      <Button icon="star" onClick={() => setOpen(true)}>
        {t("reports.own.save")}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("reports.own.save")} closeLabel={t("common.close")}>
        <form onSubmit={save} noValidate className="grid gap-3">
          <p>{t("reports.own.lead")}</p>
          <Problem t={t} error={wrong ? undefined : error} />
          <Field label={t("reports.own.name")} error={wrong} required={t("common.required")}>
            {(control) => <Input {...control} name="name" maxLength={120} autoComplete="off" />}
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={busy}>
              {t("common.save")}
            </Button>
            <Button onClick={() => setOpen(false)}>{t("common.cancel")}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
