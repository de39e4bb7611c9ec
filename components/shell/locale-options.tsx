import { localeNames, locales } from "#lib/i18n/locales.ts";

/** The languages to choose from in a `Select`, each by its own name. */
export function LocaleOptions() {
  return locales.map((locale) => (
    <option key={locale} value={locale} lang={locale}>
      {localeNames[locale]}
    </option>
  ));
}
