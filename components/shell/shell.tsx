import Link from "next/link";
import type { ReactNode } from "react";
import { AccountMenu, type SignOut } from "#components/shell/account-menu.tsx";
import { InboxLink } from "#components/shell/inbox-link.tsx";
import { LanguageMenu } from "#components/shell/language-menu.tsx";
import { NavLink } from "#components/shell/nav-link.tsx";
import { navigation } from "#components/shell/navigation.ts";
import { PortfolioSwitcher, type ShellPortfolio } from "#components/shell/portfolio-switcher.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { OfflineBanner } from "#components/ui/offline-banner.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Actor } from "#lib/actor.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { requestTheme } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { roleIn } from "#lib/portfolios/policy.ts";

type Props = {
  locale: Locale;
  actor: Pick<Actor, "name" | "admin" | "roles">;
  /** The one that the page belongs to; on pages of none, the one to go back to. */
  portfolio: ShellPortfolio;
  portfolios: readonly ShellPortfolio[];
  signOut: SignOut;
  /** The command palette: it opens for Ctrl-K and for a click on `[data-palette-open]`. */
  palette?: ReactNode;
  children: ReactNode;
};

/** What is around every page of a signed-in person. The page itself goes into its `main`. */
export async function Shell({ locale, actor, portfolio, portfolios, signOut, palette, children }: Props) {
  const t = translator(locale);
  const pages = navigation(t, portfolio.key, actor);
  return (
    <>
      <SkipLink label={t("shell.skip")} />
      <header className="sticky top-0 z-20 border-b border-line bg-surface print:hidden">
        <div className="flex min-h-12 items-center gap-1 px-2 sm:gap-2 sm:px-4">
          <div className="lg:hidden">
            <Popover
              id="shell-navigation"
              label={t("shell.menu")}
              trigger={<Icon name="menu" />}
              triggerClassName="control grid w-8 place-items-center rounded-md hover:bg-hover"
            >
              <nav aria-label={t("shell.navigation")}>
                <ul className="grid min-w-56 p-1">
                  {pages.map((page) => (
                    <li key={page.href}>
                      <NavLink href={page.href} look="row">
                        <Icon name={page.icon} />
                        {page.label}
                      </NavLink>
                    </li>
                  ))}
                </ul>
              </nav>
            </Popover>
          </div>
          <Link href="/" prefetch={false} className="rounded-sm px-1 text-lg font-bold tracking-tight no-underline">
            Kept
          </Link>
          {portfolio.key && <PortfolioSwitcher locale={locale} current={portfolio} portfolios={portfolios} />}
          <nav aria-label={t("shell.navigation")} className="hidden self-stretch lg:block">
            <ul className="flex h-full">
              {pages.map((page) => (
                <li key={page.href} className="flex">
                  <NavLink href={page.href} look="tab">
                    {page.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ms-auto flex items-center gap-1">
            {portfolio.key && (
              <a
                href={`/${portfolio.key}/register#search`}
                data-palette-open=""
                aria-keyshortcuts="Control+K"
                className="control flex min-w-8 items-center justify-center gap-2 rounded-md px-2 text-muted no-underline hover:bg-hover md:border md:border-control"
              >
                <Icon name="search" />
                <span className="sr-only whitespace-nowrap 2xl:not-sr-only">{t("shell.search")}</span>
                <span aria-hidden="true" className="hidden whitespace-nowrap md:inline">
                  <Kbd>Ctrl K</Kbd>
                </span>
              </a>
            )}
            <ClientMessages locale={locale} scopes={["inbox.bar"]}>
              <InboxLink />
            </ClientMessages>
            <LanguageMenu locale={locale} />
            <AccountMenu
              locale={locale}
              theme={await requestTheme()}
              actor={actor}
              role={roleIn(actor, portfolio.key)}
              signOut={signOut}
            />
          </div>
        </div>
        <OfflineBanner>{t("shell.offline")}</OfflineBanner>
        {portfolio.demo && (
          <p className="flex items-start justify-center gap-2 border-t border-caution bg-caution-soft px-4 py-1 text-sm font-medium text-caution">
            <Icon name="info" className="mt-[0.2em]" />
            {t("shell.demoBanner")}
          </p>
        )}
      </header>
      <main id="content" tabIndex={-1} className="px-3 py-4 outline-none sm:px-4 print:p-0">
        {children}
      </main>
      {palette}
    </>
  );
}

/** Lets a keyboard pass over the bar. */
export function SkipLink({ label }: { label: string }) {
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-md bg-accent text-on-accent focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:px-3 focus:py-1.5"
    >
      {label}
    </a>
  );
}
