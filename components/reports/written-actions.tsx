"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { reportPath } from "#lib/paths.ts";
import {
  approveReport,
  discardReport,
  issueReport,
  sendBackReport,
  submitReport,
  writeAgain,
} from "#lib/reports/actions.ts";

/** What the reader may do with the report, as it stands. */
export type Offered = { submit: boolean; approve: boolean; sendBack: boolean; issue: boolean; discard: boolean };

type Target = { id: string; version: number };
type Props = { portfolio: string; target: Target; offered: Offered; openComments: number };

/** The steps from a draft to an issued report. */
export function WrittenActions({ portfolio, target, offered, openComments }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const left = openComments > 0 ? ` ${t("issuing.comment.left", { count: openComments })}` : "";
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {offered.submit && (
        <ActButton
          variant="primary"
          label={t("issuing.act.submit")}
          act={() => submitReport(target)}
          done={t("issuing.act.submitted")}
        />
      )}
      {offered.approve && (
        <ActButton
          variant="primary"
          label={t("issuing.act.approve")}
          act={() => approveReport(target)}
          done={t("issuing.act.approved")}
        />
      )}
      {offered.sendBack && <SendBack target={target} />}
      {offered.issue && (
        <ActButton
          variant={offered.submit || offered.approve ? "secondary" : "primary"}
          label={t("issuing.act.issue")}
          act={() => issueReport(target)}
          done={t("issuing.act.issued")}
          confirm={{ title: t("issuing.act.issueTitle"), body: t("issuing.act.issueBody") + left }}
        />
      )}
      {offered.discard && (
        <ActButton
          variant="quiet"
          label={t("issuing.act.discard")}
          act={() => discardReport(target)}
          done={t("issuing.act.discarded")}
          onDone={() => router.push(`/${portfolio}/reports`)}
          confirm={{ title: t("issuing.act.discardTitle"), body: t("issuing.act.discardBody") }}
        />
      )}
    </div>
  );
}

function SendBack({ target }: { target: Target }) {
  const t = useTranslator();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError>();

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await keepingSession(() => sendBackReport({ ...target, reason }));
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    showToast(t("issuing.act.sentBack"));
    setOpen(false);
  }

  const wrong = fieldError(t, error, "reason");
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("issuing.act.sendBack")}</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("issuing.act.sendBackTitle")}
        closeLabel={t("common.close")}
      >
        <form onSubmit={send} noValidate className="grid gap-3">
          <Problem t={t} error={wrong ? undefined : error} />
          <Field label={t("issuing.act.reason")} error={wrong} required={t("common.required")}>
            {(control) => <Textarea {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              {t("issuing.act.sendBack")}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** A new draft from a report that stays as it is. */
export function WriteAgain({ portfolio, id }: { portfolio: string; id: string }) {
  const t = useTranslator();
  const router = useRouter();
  return (
    <ActButton
      icon="copy"
      label={t("issuing.act.again")}
      act={() => writeAgain({ id })}
      done={t("issuing.act.againDone")}
      onDone={(made) => router.push(reportPath(portfolio, made.id))}
    />
  );
}
