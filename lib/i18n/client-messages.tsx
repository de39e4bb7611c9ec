import type { ReactNode } from "react";
import { compiledMessages, type MessageScope } from "#lib/i18n/compiled.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { MessagesProvider } from "#lib/i18n/use-translator.tsx";

/**
 * Gives the client components within it the messages that they need, and no others: each one named here is sent with the
 * page. use-intl's own provider costs 17 kB of JavaScript, nearly all of it the parser of ICU messages; so the server
 * parses them, and the browser only fills them in (icu-minify, 1 kB).
 */
export function ClientMessages({ locale, scopes, children }: Props) {
  return (
    <MessagesProvider locale={locale} messages={compiledMessages(locale, scopes)}>
      {children}
    </MessagesProvider>
  );
}

type Props = { locale: Locale; scopes: readonly MessageScope[]; children: ReactNode };
