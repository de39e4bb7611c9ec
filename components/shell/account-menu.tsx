import type { ComponentProps } from "react";
import { ThemeForm } from "#components/shell/theme-form.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuButton, MenuLink, MenuList } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Actor } from "#lib/actor.ts";
import type { Locale, Theme } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { Role } from "#prisma/generated/enums.ts";

/** What ends the session: a server action, or an address to post to. */
export type SignOut = ComponentProps<"form">["action"];

/** `role`: in the portfolio of the page. */
type Props = {
  locale: Locale;
  theme: Theme;
  actor: Pick<Actor, "name" | "admin">;
  role: Role | null;
  signOut: SignOut;
};

/** Who is signed in, their settings, and the way out. */
export function AccountMenu({ locale, theme, actor, role, signOut }: Props) {
  const t = translator(locale);
  return (
    <Popover
      id="shell-account"
      align="end"
      trigger={
        <>
          <Icon name="person" />
          <span className="sr-only">{t("shell.account.menu")}:</span>
          <span className="sr-only max-w-40 truncate 2xl:not-sr-only">{actor.name}</span>
        </>
      }
      triggerClassName="control flex min-w-8 items-center justify-center gap-1.5 rounded-md px-2 hover:bg-hover"
      className="min-w-56"
    >
      <p className="border-b border-line px-3 py-2">
        <span className="block font-semibold">{actor.name}</span>
        {role && <span className="text-sm text-muted">{t(`people.role.${role}`)}</span>}
      </p>
      <MenuList>
        <MenuLink href="/account" icon="person">
          {t("shell.account.settings")}
        </MenuLink>
        <MenuLink href="/account/reminders" icon="bell">
          {t("shell.account.reminders")}
        </MenuLink>
        {actor.admin && (
          <>
            <MenuLink href="/portfolios" icon="book">
              {t("portfolios.title")}
            </MenuLink>
            <MenuLink href="/letters" icon="upload">
              {t("letters.title")}
            </MenuLink>
            <MenuLink href="/worker" icon="clock">
              {t("letters.worker.title")}
            </MenuLink>
            <MenuLink href="/audit" icon="book">
              {t("audit.all")}
            </MenuLink>
          </>
        )}
      </MenuList>
      <div className="border-t border-line pt-1">
        <p className="px-3 pt-1 text-sm text-muted">{t("shell.theme.label")}</p>
        <ThemeForm locale={locale} theme={theme} />
      </div>
      <form action={signOut} method={typeof signOut === "string" ? "post" : undefined} className="border-t border-line">
        <MenuList>
          <MenuButton type="submit" icon="sign-out">
            {t("shell.account.signOut")}
          </MenuButton>
        </MenuList>
      </form>
    </Popover>
  );
}
