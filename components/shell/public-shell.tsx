import type { ReactNode } from "react";
import { LanguageMenu } from "#components/shell/language-menu.tsx";
import { SkipLink } from "#components/shell/shell.tsx";
import { ThemeForm } from "#components/shell/theme-form.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { requestTheme } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";

/** What is around a page for somebody who is not signed in: sign-in, set-up, an error. Its `main` is one narrow column. */
export async function PublicShell({ locale, children }: { locale: Locale; children: ReactNode }) {
  const t = translator(locale);
  return (
    <>
      <SkipLink label={t("shell.skip")} />
      <header className="flex items-center gap-1 px-4 py-2">
        <a href="/" className="me-auto text-lg font-bold tracking-tight no-underline">
          Kept
        </a>
        <LanguageMenu locale={locale} />
        <Popover
          id="shell-theme"
          align="end"
          label={t("shell.theme.label")}
          trigger={<Icon name="sun" />}
          triggerClassName="control grid w-8 place-items-center rounded-md hover:bg-hover"
        >
          <ThemeForm locale={locale} theme={await requestTheme()} />
        </Popover>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-md px-4 py-8 outline-none sm:py-16">
        {children}
      </main>
    </>
  );
}
