import type { ReactNode } from "react";
import { Palette } from "#components/palette/palette.tsx";
import { SessionKeeper } from "#components/people/session-keeper.tsx";
import { Shell } from "#components/shell/shell.tsx";
import type { Actor } from "#lib/actor.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { LocalizedText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";

type Props = {
  locale: Locale;
  actor: Actor;
  portfolios: readonly { id: string; name: LocalizedText; demo: boolean }[];
  children: ReactNode;
};

/** The frame of pages that belong to no portfolio: the first one is the way back. */
export function Frame({ locale, actor, portfolios, children }: Props) {
  const shown = portfolios.map(({ id, name, demo }) => ({ key: id, name, demo }));
  const [first = { key: "", name: {}, demo: false }] = shown;
  return (
    // These pages are of no portfolio, and so not of the demonstration either.
    <Shell
      locale={locale}
      actor={actor}
      portfolio={{ ...first, demo: false }}
      portfolios={shown}
      signOut="/sign-out"
      palette={first.key && <Palette portfolio={first.key} failed={translator(locale)("palette.failed")} />}
    >
      {children}
      <SessionKeeper locale={locale} email={actor.email ?? ""} />
    </Shell>
  );
}
