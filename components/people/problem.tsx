"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { ActionError } from "#lib/action.ts";
import type { ClientTranslator } from "#lib/i18n/use-translator.tsx";

/** What an action's error says, in the reader's language. */
export function wordsOf(t: ClientTranslator, error: ActionError): string {
  if (error.retryAfter === undefined) return t.dynamic(error.key);
  return t("account.errors.wait", { minutes: Math.ceil(error.retryAfter / 60) });
}

/**
 * Why a form as a whole was not taken. Screen readers hear it at once. `children`: what stands there since somebody else
 * saved, and how to go on.
 */
export function Problem({ t, error, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // Whoever sent a long form is at its end, and this stands at its beginning.
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  return (
    // There before it says something, as screen readers need it, and without a place of its own while it does not.
    <div role="alert" className="contents">
      {error && (
        <div
          ref={box}
          className={`grid gap-1 rounded-md border px-3 py-2 ${children ? "border-caution bg-caution-soft" : "border-critical bg-critical-soft"}`}
        >
          <p className={`flex items-start gap-2 ${children ? "font-semibold text-caution" : "text-critical"}`}>
            <Icon name="alert" className="mt-[0.25em]" />
            <span>{wordsOf(t, error)}</span>
          </p>
          {children}
        </div>
      )}
    </div>
  );
}

type Props = { t: ClientTranslator; error: ActionError | undefined; children?: ReactNode };

/** The first thing that is wrong with a field, in words. */
export function fieldError(t: ClientTranslator, error: ActionError | undefined, field: string): string | undefined {
  const key = error?.fields?.[field]?.[0];
  return key && t.dynamic(key);
}
