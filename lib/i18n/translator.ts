import { createTranslator } from "use-intl/core";
import { teamTimeZone } from "#lib/i18n/format.ts";
import { defaultLocale, type Locale, locales } from "#lib/i18n/locales.ts";
import en, { type Messages } from "#lib/i18n/messages/en/index.ts";
import lo from "#lib/i18n/messages/lo/index.ts";
import vi from "#lib/i18n/messages/vi/index.ts";

export const messages: Record<Locale, Messages> = { en, vi, lo };

function create(locale: Locale) {
  return createTranslator<Messages>({ locale, messages: messages[locale], timeZone: teamTimeZone });
}

/** Translates a key to a string: `t("common.save")`, `t("common.selected", { count: 3 })`; `t.rich` for markup. */
export type Translator = ReturnType<typeof create>;

/** A key that has a message. */
export type MessageKey = Parameters<Translator>[0];

// Parsed messages are kept inside a translator, so there is one for each language in the whole process.
const translators = new Map<Locale, Translator>(locales.map((locale) => [locale, create(locale)]));

/**
 * The translator of a language, for server components, mails and files. A missing key is a compile error;
 * client components get theirs from `useTranslator`.
 */
export function translator(locale: Locale): Translator {
  return translators.get(locale) as Translator;
}

/** The language that a translator speaks: what says its dates and lists. */
export function localeOf(t: Translator): Locale {
  return locales.find((locale) => translators.get(locale) === t) ?? defaultLocale;
}

/** The text of a key that is only known at run time, such as one that an error carries; an unknown key says itself. */
export function translateKey(t: Translator, key: string): string {
  return t.has(key as MessageKey) ? t(key as MessageKey) : key;
}
