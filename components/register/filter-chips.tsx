import { Icon } from "#components/ui/icon.tsx";
import type { FilterWords } from "#lib/commitments/filter-words.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = {
  t: Translator;
  words: readonly FilterWords[];
  /** The page with these filters instead. */
  address: (filters: Partial<Filters>) => string;
  /** What stands after the last one. */
  children?: React.ReactNode;
};

/** Every filter in use, each a link that takes it away. */
export function FilterChips({ t, words, address, children }: Props) {
  if (words.length === 0) return null;
  return (
    <ul aria-label={t("register.activeFilters")} className="flex flex-wrap gap-1.5">
      {words.map(({ id, text, without }) => (
        <li key={id}>
          <a
            href={address(without)}
            aria-label={t("register.removeFilter", { filter: text })}
            className="inline-flex min-h-6 items-center gap-1 rounded-full border border-line bg-surface py-0.5 ps-2.5 pe-1.5 text-sm text-ink no-underline hover:border-control hover:bg-hover"
          >
            {text}
            <Icon name="close" className="size-3.5 text-muted print:hidden" />
          </a>
        </li>
      ))}
      {children}
    </ul>
  );
}
