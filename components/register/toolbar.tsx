import { ActiveFilters } from "#components/register/active-filters.tsx";
import { addressOf } from "#components/register/address.ts";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";
import { MenuList } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { countFilters, type Filters, type Listing, listingQuery } from "#lib/commitments/filters.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { normalScope } from "#lib/reports/request.ts";

type Props = {
  base: string;
  locale: Locale;
  listing: Listing;
  total: number;
  more: boolean;
  /** The names of parties, people, sources … that the address filters by. */
  names: ReadonlyMap<string, string>;
  refused: readonly string[];
  mayCreate: boolean;
};

/** What stands above the table. All of it is links and a form, which work without a script. */
export function Toolbar({ base, locale, listing, total, more, names, refused, mayCreate }: Props) {
  const t = translator(locale);
  const { filters } = listing;
  const query = listingQuery({ ...listing, after: null, before: null });
  const suffix = query && `?${query}`;
  const active = countFilters({ ...filters, q: "" });
  const isFirm = filters.strength.length === 2 && filters.strength.every((strength) => firm.includes(strength));
  const soft = addressOf(base, listing, { strength: isFirm ? [] : [...firm] });
  const count = more
    ? t("register.totalMore", { count: format(locale).number(total) })
    : t("register.total", { count: total });
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl">{t("register.title")}</h1>
        <p role="status" className="text-muted">
          {count}
        </p>
        {mayCreate && (
          <a href={`${base}/commitments/new`} className={`${buttonClass({ variant: "primary" })} ms-auto`}>
            <Icon name="plus" />
            <span className="max-sm:sr-only">{t("register.new")}</span>
          </a>
        )}
      </div>
      <div className="mb-2 flex flex-wrap items-center gap-2 print:hidden">
        <search className="min-w-0 flex-[1_1_16rem] md:max-w-md">
          <form action={`${base}/register`} className="relative">
            <input
              id="search"
              type="search"
              name="q"
              defaultValue={filters.q}
              aria-label={t("register.searchLabel")}
              placeholder={t("register.searchHint")}
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              className={`${controlClass} ps-8`}
            />
            <Icon name="search" className="pointer-events-none absolute inset-y-0 start-2 my-auto text-muted" />
            {[...new URLSearchParams(query)].map(
              ([name, value]) => name !== "q" && <input key={name} type="hidden" name={name} value={value} />,
            )}
          </form>
        </search>
        <Tool href={`${base}/register/filters${suffix}`} part="filters" icon="filter">
          {active > 0 ? t("register.filtersActive", { count: active }) : t("register.filters")}
        </Tool>
        <Tool href={soft} icon={isFirm ? "check" : "circle"} pressed={isFirm}>
          {t("register.hideSoft")}
        </Tool>
        <Tool href={`${base}/register/saved${suffix}`} part="views" icon="star" short>
          {t("register.views")}
        </Tool>
        <Tool href={`${base}/register/filters${suffix}`} part="columns" icon="columns" short>
          {t("register.columns")}
        </Tool>
        {mayCreate && (
          <Tool href={`${base}/import`} icon="upload" short>
            {t("importing.title")}
          </Tool>
        )}
        <Popover
          id="register-download"
          align="end"
          triggerClassName={buttonClass({})}
          trigger={
            <>
              <Icon name="download" />
              <span className="max-sm:sr-only">{t("register.download")}</span>
            </>
          }
        >
          <MenuList label={t("register.download")}>
            {(["csv", "json"] as const).map((as) => (
              <li key={as}>
                <a
                  href={`${base}/register/download?as=${as}${query && `&${query}`}`}
                  download
                  className="control flex items-center rounded-sm px-2 py-1 text-ink no-underline hover:bg-hover"
                >
                  {as === "csv" ? t("register.downloadCsv") : t("register.downloadJson")}
                </a>
              </li>
            ))}
            <li>
              <a
                href={`${base}/reports/view?${new URLSearchParams({ scope: normalScope(query), lang: locale })}`}
                className="control flex items-center rounded-sm px-2 py-1 text-ink no-underline hover:bg-hover"
              >
                {t("register.reportOn")}
              </a>
            </li>
          </MenuList>
        </Popover>
      </div>
      {refused.length > 0 && (
        <p className="mb-2 flex items-start gap-2 text-caution">
          <Icon name="alert" className="mt-[0.2em]" />
          {t("register.refused", { names: format(locale).list([...refused]) })}
        </p>
      )}
      {active > 0 && <ActiveFilters base={base} locale={locale} listing={listing} names={names} />}
    </>
  );
}

const firm: readonly Filters["strength"][number][] = ["obligation", "pledge"];

type ToolProps = {
  href: string;
  part?: string;
  icon: IconName;
  pressed?: boolean /** Only its picture where there is little room. */;
  short?: boolean;
  children: string;
};

/** A link to a page that does the same as the dialog which opens in its place. */
function Tool({ href, part, icon, pressed, short, children }: ToolProps) {
  return (
    <a
      href={href}
      data-part={part}
      aria-current={pressed ? "true" : undefined}
      className={`${buttonClass({})} ${pressed ? "border-accent bg-accent-soft" : ""}`}
    >
      <Icon name={icon} />
      <span className={short ? "max-sm:sr-only" : undefined}>{children}</span>
    </a>
  );
}
