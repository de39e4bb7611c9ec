"use client";
import fill from "icu-minify/format";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { CompiledMessages } from "#lib/i18n/compiled.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { MessageKey } from "#lib/i18n/translator.ts";

type Values = Record<string, string | number>;

/** `t("common.save")`; `t.dynamic(key)` for a key that is only known at run time, such as one that an error carries. */
export type ClientTranslator = {
  (key: MessageKey, values?: Values): string;
  dynamic(key: string, values?: Values): string;
};

const Context = createContext<{ locale: Locale; messages: CompiledMessages } | undefined>(undefined);

export function MessagesProvider({ locale, messages, children }: ProviderProps) {
  const outer = useContext(Context);
  const value = useMemo(() => ({ locale, messages: { ...outer?.messages, ...messages } }), [locale, messages, outer]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

type ProviderProps = { locale: Locale; messages: CompiledMessages; children: ReactNode };

/**
 * The translator for client components. Only messages that a `ClientMessages` above names are there; any other key comes
 * back as it is.
 */
export function useTranslator(): ClientTranslator {
  const found = useContext(Context);
  return useMemo(() => {
    const dynamic = (key: string, values?: Values): string => {
      const message = found?.messages[key];
      if (message === undefined) return key;
      if (typeof message === "string") return message;
      return String(fill(message, found?.locale ?? "en", values, { formatters }));
    };
    return Object.assign((key: MessageKey, values?: Values) => dynamic(key, values), { dynamic });
  }, [found]);
}

/** The reader's language, for `format(locale)` in client components. */
export function useLocale(): Locale {
  return useContext(Context)?.locale ?? "en";
}

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
};
