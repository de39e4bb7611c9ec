import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Overlays } from "#components/ui/overlays.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale, requestTheme } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Kept", template: "%s · Kept" } };

/** Tells the browser the look before the styles are there, so that a dark page doesn't flash white. */
export async function generateViewport(): Promise<Viewport> {
  const theme = await requestTheme();
  return { width: "device-width", initialScale: 1, colorScheme: theme === "auto" ? "light dark" : theme };
}

const forErrorPages = [
  "errors.page.title",
  "errors.page.body",
  "errors.page.code",
  "errors.page.notFoundTitle",
  "errors.page.notFoundBody",
  "errors.page.home",
  "common.retry",
] as const;

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([requestLocale(), requestTheme()]);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <ClientMessages locale={locale} scopes={forErrorPages}>
          {children}
        </ClientMessages>
        <Toaster closeLabel={translator(locale)("common.close")} />
        <Overlays />
      </body>
    </html>
  );
}
