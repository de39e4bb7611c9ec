"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { markAllRead } from "#lib/reminders/actions.ts";

/** All that is in the inbox is seen. */
export function ReadAll() {
  const t = useTranslator();
  return <ActButton label={t("inbox.readAll")} act={() => markAllRead({})} done={t("inbox.allRead")} />;
}
