import type { Entry } from "#components/palette/start.ts";
import { navigation } from "#components/shell/navigation.ts";
import type { IconName } from "#components/ui/icon.tsx";
import type { Actor } from "#lib/actor.ts";
import { may } from "#lib/commitments/policy.ts";
import { type Locale, localeNames, locales, type Theme, themes } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { may as mayCatalogue } from "#lib/parties/policy.ts";
import { registerPath } from "#lib/paths.ts";
import { may as mayPeople } from "#lib/people/policy.ts";
import { may as mayWebhooks } from "#lib/webhooks/policy.ts";

/** What the palette offers of pages and actions: only what the person's role allows. */

export function palettePages(actor: Actor, portfolio: string, locale: Locale): Entry[] {
  return inAllLanguages(locale, (t) => [
    ...navigation(t, portfolio, actor),
    { href: `/${portfolio}/timeline`, label: t("timeline.title"), icon: "chart" },
    { href: `/${portfolio}/calendar`, label: t("calendar.title"), icon: "calendar" },
    { href: `/${portfolio}/parties`, label: t("parties.title"), icon: "globe" },
    ...(mayWebhooks(actor, "see", portfolio)
      ? [{ href: `/${portfolio}/webhooks`, label: t("webhooks.title"), icon: "link" as const }]
      : []),
    { href: "/inbox", label: t("inbox.title"), icon: "bell" },
    { href: "/account", label: t("shell.account.settings"), icon: "person" },
    { href: "/account/reminders", label: t("shell.account.reminders"), icon: "bell" },
  ]);
}

type Portfolio = { id: string; name: LocalizedText };
type Around = { portfolio: Portfolio; portfolios: readonly Portfolio[]; locale: Locale; theme: Theme };

export function paletteActions(actor: Actor, { portfolio, portfolios, locale, theme }: Around): Entry[] {
  return inAllLanguages(locale, (t, reader) => [
    ...(may(actor, "create", { portfolioId: portfolio.id })
      ? [
          { href: `/${portfolio.id}/commitments/new`, label: t("palette.action.new"), icon: "plus" as const },
          { href: `/${portfolio.id}/import`, label: t("importing.title"), icon: "upload" as const },
        ]
      : []),
    ...(mayCatalogue(actor, "record", portfolio.id)
      ? catalogued.map(([noun, path]) => ({
          href: `/${portfolio.id}/${path}/new`,
          label: t(`palette.action.${noun}`),
          icon: "plus" as const,
        }))
      : []),
    ...(mayPeople(actor, "create")
      ? [{ href: "/people/new", label: t("palette.action.person"), icon: "person" as const }]
      : []),
    ...portfolios
      .filter(({ id }) => id !== portfolio.id)
      .map(({ id, name }) => ({
        href: registerPath(id),
        label: t("palette.action.portfolio", { name: pickText(name, reader) }),
        icon: "table" as const,
      })),
    ...themes
      .filter((other) => other !== theme)
      .map((other) => ({
        post: { to: "/api/preferences", name: "theme", value: other },
        label: t("palette.action.theme", { name: t(`shell.theme.${other}`) }),
        icon: themeIcons[other],
      })),
    ...locales
      .filter((other) => other !== locale)
      .map((other) => ({
        post: { to: "/api/preferences", name: "locale", value: other },
        label: t("palette.action.language", { name: localeNames[other] }),
        icon: "globe" as const,
      })),
    { post: { to: "/sign-out" }, label: t("palette.action.signOut"), icon: "sign-out" },
  ]);
}

/** What records refer to, each with the beginning of its address. */
const catalogued = [
  ["source", "sources"],
  ["meeting", "meetings"],
  ["indicator", "indicators"],
  ["party", "parties"],
  ["place", "places"],
] as const;

const themeIcons: Record<Theme, IconName> = { auto: "device", light: "sun", dark: "moon" };

/** The entries with each label in the reader's language, and in the others beside it. */
function inAllLanguages(
  reader: Locale,
  make: (
    t: Translator,
    locale: Locale,
  ) => (Entry extends infer E ? (E extends Entry ? Omit<E, "also"> : never) : never)[],
): Entry[] {
  const others = locales.filter((locale) => locale !== reader).map((locale) => make(translator(locale), locale));
  return make(translator(reader), reader).map((entry, at) => ({
    ...entry,
    also: others.map((all) => all[at]?.label ?? "").join(" "),
  }));
}
