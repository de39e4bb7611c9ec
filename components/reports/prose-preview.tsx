"use client";
import { useEffect, useState } from "react";
import type { Locale } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** What Markdown will look like. What reads it is fetched when somebody looks. */
export function ProsePreview({ markdown, locale }: { markdown: string; locale: Locale }) {
  const t = useTranslator();
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    let stale = false;
    import("#components/reports/prose-html.ts").then(({ markdownHtml }) => {
      if (!stale) setShown(markdownHtml(markdown).text);
    });
    return () => {
      stale = true;
    };
  }, [markdown]);
  if (markdown.trim() === "") return <p className="text-muted">{t("issuing.edit.nothing")}</p>;
  if (shown === undefined) return <p aria-busy="true">{t("common.loading")}</p>;
  return (
    <div aria-live="polite" className="report rounded-md bg-sunken px-3 pt-1 pb-3">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own template, which escapes */}
      <div lang={locale} className="remark" dangerouslySetInnerHTML={{ __html: shown }} />
    </div>
  );
}
