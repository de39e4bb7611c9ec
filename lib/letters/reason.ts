import type { Translator } from "#lib/i18n/translator.ts";
import type { About } from "#lib/reminders/rules.ts";

/** Stands in for lib/reminders/words.ts until that is there. */
export function reasonText(t: Translator, about: About, _now: Date): string {
  return about.date ?? t("dates.none");
}
