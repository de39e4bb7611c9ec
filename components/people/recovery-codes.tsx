"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Recovery codes, shown this once, until somebody says that they have kept them. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslator();
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      setCopied(true);
    } catch {
      // Not allowed, or plain http: they can be marked and copied by hand.
    }
  }

  return (
    <div className="grid gap-3 rounded-md border border-positive bg-positive-soft p-3" role="status">
      <h3 className="text-base">{t("security.codes.title")}</h3>
      <p>{t("security.codes.shown")}</p>
      <ul className="grid gap-x-6 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button icon={copied ? "check" : "copy"} onClick={copy}>
          {copied ? t("common.copied") : t("security.codes.copy")}
        </Button>
        <Button variant="primary" onClick={onKept}>
          {t("security.codes.kept")}
        </Button>
      </div>
    </div>
  );
}
