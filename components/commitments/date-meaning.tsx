"use client";
import { addDays, parseEdtf } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** What a vague date means, while it is typed. */
export function DateMeaning({ edtf, deadline }: { edtf: string; deadline: boolean }) {
  const t = useTranslator();
  const locale = useLocale();
  const parsed = edtf.trim() === "" ? null : parseEdtf(edtf);
  if (parsed && !parsed.ok) {
    return (
      <p role="status" className="text-sm text-caution">
        {t.dynamic(parsed.error)}
      </p>
    );
  }
  return (
    // The browser may know other words for a date than the server does: those of the server stay until something is typed.
    <p role="status" className="text-sm text-muted" suppressHydrationWarning>
      {parsed ? meaning(parsed.value.edtf, parsed.value.latest) : deadline ? t("commitments.edit.noDate") : ""}
    </p>
  );

  function meaning(value: string, latest: string | null): string {
    const date = showEdtf(t, locale, value);
    if (!deadline) return date;
    return latest
      ? t("commitments.edit.meansOverdue", { date, from: format(locale).date(addDays(latest, 1)) })
      : t("commitments.edit.meansNever", { date });
  }
}
