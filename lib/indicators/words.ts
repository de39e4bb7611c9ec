import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";

/** A figure with its unit, in words: "USD 5.47 billion", "241 projects", "11%", "no. 3". */
export function showValue(t: Translator, locale: Locale, value: number, unit: string): string {
  const { money, number, percent } = format(locale);
  switch (unit) {
    case "percent":
      return percent(value / 100);
    case "rank":
      return t("indicators.value.rank", { number: number(value) });
    case "projects":
    case "students":
    case "institutions":
      return t(`indicators.value.${unit}`, { count: value });
    default:
      return money(value, unit);
  }
}

/** The unit alone: a currency is its code. */
export function showUnit(t: Translator, unit: string): string {
  return /^[A-Z]{3}$/.test(unit) ? unit : translateKey(t, `indicators.unit.${unit}`);
}

/** A short number for an axis: "5B", "5 T", "14K". */
export function showTick(locale: Locale, value: number, unit: string): string {
  const { number, percent } = format(locale);
  return unit === "percent"
    ? percent(value / 100)
    : number(value, {
        notation: "compact",
        // The short form of Vietnamese billions is a letter that few would know.
        compactDisplay: locale === "en" ? "short" : "long",
        maximumSignificantDigits: 3,
      });
}

type Dated = { phrase: string | null; edtf: string | null };

/** Of when a figure is: the date as it can be computed, else the words of the text, else "no date". */
export function showWhen(t: Translator, locale: Locale, { phrase, edtf }: Dated): string {
  return edtf === null ? (phrase ? `“${phrase}”` : t("dates.none")) : showEdtf(t, locale, edtf);
}

/** How a figure is stated and what it covers: "predicted, full year". */
export function showStated(t: Translator, { qualifier, kind }: { qualifier: string; kind?: string | null }): string {
  const words = [qualifier !== "exact" && translateKey(t, `indicators.qualifier.${qualifier}`)];
  // "registered" is said once where it is both.
  if (kind && kind !== qualifier) words.push(translateKey(t, `indicators.kind.${kind}`));
  return words.filter(Boolean).join(", ") || t("indicators.qualifier.exact");
}
