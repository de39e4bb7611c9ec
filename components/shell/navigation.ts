import type { IconName } from "#components/ui/icon.tsx";
import type { Actor } from "#lib/actor.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";

type NavigationPage = { href: string; label: string; icon: IconName };

/** The pages of the main navigation. */
export function navigation(t: Translator, portfolio: string, { admin }: Pick<Actor, "admin">): NavigationPage[] {
  // Who is a member of no portfolio has none of its pages.
  const pages: NavigationPage[] =
    portfolio === ""
      ? []
      : [
          { href: `/${portfolio}/overview`, label: t("overview.title"), icon: "circle-half" },
          { href: registerPath(portfolio), label: t("shell.register"), icon: "table" },
          { href: `/${portfolio}/desk`, label: t("shell.desk"), icon: "inbox" },
          { href: `/${portfolio}/meetings`, label: t("shell.meetings"), icon: "calendar" },
          { href: `/${portfolio}/indicators`, label: t("shell.indicators"), icon: "chart" },
          { href: `/${portfolio}/sources`, label: t("shell.sources"), icon: "book" },
          { href: `/${portfolio}/reports`, label: t("reports.title"), icon: "file" },
          { href: `/${portfolio}/reminders`, label: t("reminders.title"), icon: "bell" },
        ];
  if (admin) pages.push({ href: "/people", label: t("shell.people"), icon: "people" });
  return pages;
}
