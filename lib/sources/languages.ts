import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";

/** In which the documents of the two countries and their partners are written: the forms offer these. */
const usual = ["vi", "lo", "en", "zh", "fr", "ja", "km", "ko", "ru", "th"];

/** Languages to choose from, named in the reader's, the two countries' own first; `own` is among them in any case. */
export function sourceLanguages(locale: Locale, own?: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const named = (value: string) => ({ value, label: names.of(value) ?? value });
  const [first, rest] = [usual.slice(0, 3).map(named), usual.slice(3).map(named)];
  const other = own && !usual.includes(own) ? [named(own)] : [];
  return [...first, ...[...rest, ...other].sort((a, b) => format(locale).compare(a.label, b.label))];
}
