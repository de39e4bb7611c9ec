"use client";
import { useState, useTransition } from "react";
import { wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button, type ButtonLook } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props<R> = ButtonLook & {
  label: string;
  /** What sets this button apart from its likes, for screen readers: of which session, of which token. */
  of?: string;
  act: () => Promise<ActionResult<R>>;
  /** Said when it is done. */
  done?: string;
  onDone?: (result: R) => void;
  /** Asked before. */
  confirm?: { title: string; body: string };
};

/** A button that does one thing at once, or after asking. What went wrong is said beside the page. */
export function ActButton<R>({ label, of, act, done, onDone, confirm, ...look }: Props<R>) {
  const t = useTranslator();
  const [asking, setAsking] = useState(false);
  const [busy, start] = useTransition();

  function run() {
    start(async () => {
      const result = await keepingSession(act);
      setAsking(false);
      if (!result.ok) return void showToast(wordsOf(t, result.error), "critical");
      if (done) showToast(done);
      onDone?.(result.result);
    });
  }

  return (
    <>
      <Button {...look} busy={busy && !asking} onClick={confirm ? () => setAsking(true) : run}>
        {label}
        {of && <span className="sr-only">: {of}</span>}
      </Button>
      {confirm && (
        <Dialog
          open={asking}
          onClose={() => setAsking(false)}
          title={confirm.title}
          closeLabel={t("common.close")}
          size="sm"
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t("common.cancel")}</Button>
              <Button variant="danger" busy={busy} onClick={run}>
                {label}
              </Button>
            </>
          }
        >
          <p>{confirm.body}</p>
        </Dialog>
      )}
    </>
  );
}
