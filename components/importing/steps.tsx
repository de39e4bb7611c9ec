"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { wordsOf } from "#components/people/problem.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { discardImport, runImport, tickRows, undoImport } from "#lib/importing/actions.ts";
import { askFor } from "#lib/tasks/actions.ts";

type Of = { portfolio: string; id: string; version: number };

/** Where something else stands there now, the page shows it anew. */
function useAnew() {
  const router = useRouter();
  return async <R,>(act: () => Promise<ActionResult<R>>): Promise<ActionResult<R>> => {
    const answer = await act();
    if (answer.ok || !answer.error.conflict) return answer;
    router.refresh();
    return { ok: false, error: { ...answer.error, key: "importing.preview.moved" } };
  };
}

/** Does what the preview shows. It needs no question: the preview is one, and what was done can be undone. */
export function RunButton({
  id,
  version,
  fingerprint,
  count,
}: Omit<Of, "portfolio"> & { fingerprint: string; count: number }) {
  const t = useTranslator();
  const anew = useAnew();
  return (
    <ActButton
      variant="primary"
      icon="check"
      label={t("importing.preview.run", { count })}
      act={() => anew(() => runImport({ id, version, fingerprint }))}
      done={t("importing.preview.ran")}
    />
  );
}

/** Has the worker do it, and goes to where its progress is seen. */
export function BackgroundButton({
  portfolio,
  id,
  version,
  fingerprint,
  count,
}: Of & { fingerprint: string; count: number }) {
  const t = useTranslator();
  const router = useRouter();
  return (
    <ActButton
      variant="primary"
      icon="check"
      label={t("importing.preview.background", { count })}
      act={() => askFor({ portfolioId: portfolio, kind: "import", input: { importId: id, version, fingerprint } })}
      onDone={() => router.push(`/${portfolio}/tasks`)}
    />
  );
}

/** Ticks a row whose record somebody changed after the file was made, or takes the tick back. */
export function TickRow({ id, version, row, ticked }: Omit<Of, "portfolio"> & { row: number; ticked: boolean }) {
  const t = useTranslator();
  const anew = useAnew();
  const [busy, start] = useTransition();
  return (
    <Checkbox
      checked={ticked}
      aria-busy={busy}
      onChange={() => {
        if (busy) return;
        start(async () => {
          const answer = await anew(() => tickRows({ id, version, rows: [row], ticked: !ticked }));
          if (!answer.ok) showToast(wordsOf(t, answer.error), "critical");
        });
      }}
      label={t("importing.preview.tick")}
    />
  );
}

/** The same for all such rows. */
export function TickAll({ id, version, ticked }: Omit<Of, "portfolio"> & { ticked: boolean }) {
  const t = useTranslator();
  const anew = useAnew();
  return (
    <ActButton
      size="sm"
      label={t(ticked ? "importing.preview.untickAll" : "importing.preview.tickAll")}
      act={() => anew(() => tickRows({ id, version, rows: null, ticked: !ticked }))}
    />
  );
}

export function UndoButton({ id, version }: Omit<Of, "portfolio">) {
  const t = useTranslator();
  const anew = useAnew();
  return (
    <ActButton
      icon="undo"
      label={t("importing.undo.do")}
      confirm={{ title: t("importing.undo.title"), body: t("importing.undo.body") }}
      act={() => anew(() => undoImport({ id, version }))}
      done={t("importing.undo.done")}
    />
  );
}

export function DiscardButton({ portfolio, id, version }: Of) {
  const t = useTranslator();
  const router = useRouter();
  const anew = useAnew();
  return (
    <ActButton
      icon="trash"
      label={t("importing.discard.do")}
      confirm={{ title: t("importing.discard.title"), body: t("importing.discard.body") }}
      act={() => anew(() => discardImport({ id, version }))}
      onDone={() => router.push(`/${portfolio}/import`)}
    />
  );
}
