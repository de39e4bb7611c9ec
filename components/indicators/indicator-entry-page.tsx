import type { ReactNode } from "react";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { indicatorPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  indicator: { key: string; name: LocalizedText };
  title: string;
  lead: string;
  children: ReactNode;
};

/** A page with one form, by which a figure or a target of an indicator is entered, corrected or withdrawn. */
export function IndicatorEntryPage({ t, locale, portfolio, indicator, title, lead, children }: Props) {
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[
        { label: t("indicators.title"), href: `/${portfolio}/indicators` },
        { label: pickText(indicator.name, locale), href: indicatorPath(portfolio, indicator.key) },
      ]}
      title={title}
      lead={lead}
      scopes={[
        "indicators.edit",
        "indicators.unit",
        "indicators.field",
        "indicators.qualifier",
        "indicators.kind",
        "indicators.withdraw",
      ]}
    >
      {children}
    </EntryPage>
  );
}
