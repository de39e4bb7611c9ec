import { format } from "#lib/i18n/format.ts";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { Texts } from "#lib/text.ts";

const parts = ["what", "how", "exact", "fields", "who", "licence"] as const;

/** README.txt: what the archive is and how to read it, in the three languages. */
export function readme(portfolio: { id: string; name: Texts }, now: Date): string {
  const told = locales.map((locale) => {
    const t = translator(locale);
    const name = pickText(portfolio.name, locale);
    const head = `${localeNames[locale]}\n\n${name}`;
    return [head, ...parts.map((part) => t(`archive.readme.${part}`, { date: format(locale).moment(now) }))].join(
      "\n\n",
    );
  });
  return `${told.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}
