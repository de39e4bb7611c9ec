"use client";
import { useRouter } from "next/navigation";
import { ActButton } from "#components/people/act-button.tsx";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { discardImport, runImport, undoImport } from "#lib/importing/actions.ts";

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
