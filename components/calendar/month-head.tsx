import Link from "next/link";
import { FilterChips } from "#components/register/filter-chips.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkChoice } from "#components/ui/link-choice.tsx";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { type Filters, type Listing, listingQuery } from "#lib/commitments/filters.ts";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { monthAfter } from "#lib/months.ts";

type Props = {
  t: Translator;
  locale: Locale;
  month: string;
  today: Day;
  listing: Listing;
  names: ReadonlyMap<string, string>;
  /** The calendar of a month, with other filters. */
  address: (month: string, filters?: Partial<Filters>) => string;
};

/** Which month it is, the way to others, whose records are shown, and the same in one's own calendar program. */
export function MonthHead({ t, locale, month, today, listing, names, address }: Props) {
  const { owner } = listing.filters;
  const mine = owner.length === 1 && owner[0] === "me";
  const step = (by: number, label: string, icon: "chevron-left" | "chevron-right") => (
    <Link href={address(monthAfter(month, by))} prefetch={false} className={buttonClass({})}>
      <Icon name={icon} />
      <span className="sr-only">{label}</span>
    </Link>
  );
  const kept = new URLSearchParams(listingQuery(listing));
  return (
    <div className="my-3 grid gap-2">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-2">
        <h2 className="min-w-40 text-xl">{format(locale).date(month)}</h2>
        <div className="flex flex-wrap gap-2 print:hidden">
          {step(-1, t("calendar.previous"), "chevron-left")}
          {step(1, t("calendar.next"), "chevron-right")}
          <Link href={address(today.slice(0, 7))} prefetch={false} className={buttonClass({})}>
            {t("calendar.thisMonth")}
          </Link>
        </div>
        <form className="flex items-end gap-2 print:hidden">
          {[...kept].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field label={t("calendar.month")} hideLabel>
            {(control) => (
              <Input
                {...control}
                type="month"
                name="month"
                defaultValue={month}
                placeholder="2026-11"
                className="max-w-40"
              />
            )}
          </Field>
          <button type="submit" className={buttonClass({})}>
            {t("calendar.go")}
          </button>
        </form>
        <div className="print:hidden">
          <LinkChoice
            label={t("calendar.whose")}
            choices={[
              { label: t("calendar.all"), href: address(month, { owner: [] }), current: owner.length === 0 },
              { label: t("calendar.mine"), href: address(month, { owner: ["me"] }), current: mine },
            ]}
          />
        </div>
        <Link href="/account/reminders" prefetch={false} className="inline-flex min-h-6 items-center print:hidden">
          {t("calendar.ics")}
        </Link>
      </div>
      <FilterChips
        t={t}
        words={filterWords(t, listing.filters, names)}
        address={(without) => address(month, without)}
      />
    </div>
  );
}
