"use client";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** A one-time link, shown this once: to be copied and given to its person. */
export function GivenLink({ name, link }: { name: string; link: { token: string; expiresAt: Date } }) {
  const t = useTranslator();
  const locale = useLocale();
  const box = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy() {
    box.current?.select();
    try {
      await navigator.clipboard.writeText(box.current?.value ?? "");
      setCopied(true);
    } catch {
      // Not allowed, or plain http: what is selected can be copied by hand.
    }
  }

  return (
    <div className="grid gap-3 rounded-md border border-positive bg-positive-soft p-3" role="status">
      <p>{t("people.link.body", { name, end: format(locale).moment(link.expiresAt) })}</p>
      <Field label={t("people.link.title")}>
        {(control) => (
          <span className="flex flex-wrap gap-2">
            <Input
              {...control}
              ref={box}
              readOnly
              value={`${window.location.origin}/set-password/${link.token}`}
              onFocus={(event) => event.target.select()}
              className="min-w-48 flex-1 font-mono text-sm"
            />
            <Button icon={copied ? "check" : "copy"} onClick={copy}>
              {copied ? t("common.copied") : t("people.link.copy")}
            </Button>
          </span>
        )}
      </Field>
    </div>
  );
}
