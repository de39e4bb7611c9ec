import { addressOf } from "#components/register/address.ts";
import { FilterChips } from "#components/register/filter-chips.tsx";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { type Listing, noFilters } from "#lib/commitments/filters.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";

type Props = { base: string; locale: Locale; listing: Listing; names: ReadonlyMap<string, string> };

/** Every filter in use, and the way to do without them. */
export function ActiveFilters({ base, locale, listing, names }: Props) {
  const t = translator(locale);
  const { filters } = listing;
  return (
    <div className="mb-2">
      <FilterChips
        t={t}
        words={filterWords(t, filters, names)}
        address={(without) => addressOf(base, listing, without)}
      >
        <li className="print:hidden">
          <a
            href={addressOf(base, listing, { ...noFilters, q: filters.q })}
            className="inline-flex min-h-6 items-center px-1 text-sm"
          >
            {t("register.clearAll")}
          </a>
        </li>
      </FilterChips>
    </div>
  );
}
