"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { sendAgain, sendNow } from "#lib/letters/actions.ts";

/** What there is to do about a letter that has not gone. */
export function LetterActions({ id, does }: { id: string; does: "sendAgain" | "sendNow" }) {
  const t = useTranslator();
  return (
    <ActButton
      variant="primary"
      icon="upload"
      label={t(`letters.${does}`)}
      act={() => (does === "sendAgain" ? sendAgain({ id }) : sendNow({ id }))}
      done={t("letters.queued")}
    />
  );
}
