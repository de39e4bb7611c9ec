import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Toaster } from "#components/ui/toaster.tsx";
import { TooltipEscape } from "#components/ui/tooltip-escape.tsx";
import { requestLocale, requestTheme } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Kept", template: "%s · Kept" } };

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([requestLocale(), requestTheme()]);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        {children}
        <Toaster closeLabel={translator(locale)("common.close")} />
        <TooltipEscape />
      </body>
    </html>
  );
}
