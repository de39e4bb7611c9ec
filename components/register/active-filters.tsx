import { addressOf } from "#components/register/toolbar.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { type Listing, noFilters } from "#lib/commitments/filters.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";

type Props = { base: string; locale: Locale; listing: Listing; names: ReadonlyMap<string, string> };

/** Every filter in use, each a link that takes it away. */
export function ActiveFilters({ base, locale, listing, names }: Props) {
  const t = translator(locale);
  const { filters } = listing;
  const chips = filterWords(t, filters, names);
  return (
    <ul aria-label={t("register.activeFilters")} className="mb-2 flex flex-wrap gap-1.5">
      {chips.map(({ id, text, without }) => (
        <li key={id}>
          <a
            href={addressOf(base, listing, without)}
            aria-label={t("register.removeFilter", { filter: text })}
            className="inline-flex min-h-6 items-center gap-1 rounded-full border border-line bg-surface py-0.5 ps-2.5 pe-1.5 text-sm text-ink no-underline hover:border-control hover:bg-hover"
          >
            {text}
            <Icon name="close" className="size-3.5 text-muted print:hidden" />
          </a>
        </li>
      ))}
      <li className="print:hidden">
        <a
          href={addressOf(base, listing, { ...noFilters, q: filters.q })}
          className="inline-flex min-h-6 items-center px-1 text-sm"
        >
          {t("register.clearAll")}
        </a>
      </li>
    </ul>
  );
}
