"use client";
import { useEffect, useSyncExternalStore, useTransition } from "react";
import { wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { offerUndo, undoStore } from "#components/reminders/undo.ts";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** What was done last, and the way back: it stays until something else is done. */
export function UndoBar() {
  const t = useTranslator();
  const last = useSyncExternalStore(undoStore.subscribe, undoStore.read, undoStore.none);
  const [busy, start] = useTransition();
  // Whoever leaves the page has settled it.
  useEffect(() => () => offerUndo(null), []);
  function undo() {
    if (!last) return;
    start(async () => {
      const result = await keepingSession(last.undo);
      if (!result.ok) return void showToast(wordsOf(t, result.error), "critical");
      offerUndo(null);
      showToast(last.undone);
    });
  }
  return (
    <div
      role="status"
      className={
        last
          ? "sticky bottom-3 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-3 rounded-md border border-control bg-raised px-3 py-1.5 shadow-overlay"
          : "sr-only"
      }
    >
      {last && (
        <>
          <span>{last.said}</span>
          <Button size="sm" icon="undo" busy={busy} data-act="undo" onClick={undo}>
            {t("inbox.undo")}
          </Button>
        </>
      )}
    </div>
  );
}
