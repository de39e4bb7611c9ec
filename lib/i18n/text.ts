import { defaultLocale, type Locale, locales } from "#lib/i18n/locales.ts";

/** A text of the register in as many languages as have been written: a title, a statement, a name. */
export type LocalizedText = { [locale in Locale]?: string | null | undefined };

export type PickedText = {
  text: string;
  /** The language which the text is in. */
  locale: Locale;
  /** Goes on the element that holds the text: set only where it differs from the reader's language. */
  lang: Locale | undefined;
};

/** The text in the reader's language, else in English, else in any language that has one, else empty. */
export function pick(text: LocalizedText | null | undefined, reader: Locale): PickedText {
  for (const locale of [reader, defaultLocale, ...locales]) {
    const written = text?.[locale];
    if (written) return { text: written, locale, lang: locale === reader ? undefined : locale };
  }
  return { text: "", locale: reader, lang: undefined };
}

/** `pick` for places that can't carry a `lang` attribute: a page title, a cell of a file. */
export function pickText(text: LocalizedText | null | undefined, reader: Locale): string {
  return pick(text, reader).text;
}
