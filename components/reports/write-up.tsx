"use client";
import { useRouter } from "next/navigation";
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
import { reportPath } from "#lib/paths.ts";
import { writeUp } from "#lib/reports/actions.ts";
import type { FixedRequest } from "#lib/reports/request.ts";

type Props = {
  portfolio: string;
  request: FixedRequest;
  /** What it is called until somebody finds better words. */
  title: string;
};

/** Makes a draft of the report that is shown, and opens it. Needs the messages of "issuing.write", "errors" and "account.errors". */
export function WriteUp({ portfolio, request, title: proposed }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [title, setTitle] = useState(proposed);
  const [error, setError] = useState<ActionError>();

  async function begin(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await keepingSession(() => writeUp({ portfolioId: portfolio, title, request }));
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    showToast(t("issuing.write.done"));
    router.push(reportPath(portfolio, answer.result.id));
  }

  const wrong = fieldError(t, error, "title");
  return (
    <>
      <Button icon="pencil" onClick={() => setOpen(true)}>
        {t("issuing.write.open")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("issuing.write.title")}
        closeLabel={t("common.close")}
      >
        <form onSubmit={begin} noValidate className="grid gap-3">
          <p>{t("issuing.write.lead")}</p>
          <Problem t={t} error={wrong ? undefined : error} />
          <Field label={t("issuing.write.name")} error={wrong} required={t("common.required")}>
            {(control) => (
              <Input
                {...control}
                lang={request.locale}
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={busy}>
              {t("issuing.write.submit")}
            </Button>
            <Button onClick={() => setOpen(false)}>{t("common.cancel")}</Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
