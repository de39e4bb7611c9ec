import Link from "next/link";
import { DeskItem } from "#components/desk/desk-item.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { Actor } from "#lib/actor.ts";
import type { DeskList, DeskListName, Of } from "#lib/commitments/desk.ts";
import { defaultColumns, listingQuery } from "#lib/commitments/filters.ts";
import { dueSoonDays, staleDays } from "#lib/commitments/rules.ts";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  actor: Actor;
  portfolio: string;
  of: Of;
  lists: readonly DeskList[];
  today: Day;
};

/** What is owed, list by list, under a line that says how much there is of each. */
export function DeskLists({ t, locale, actor, portfolio, of, lists, today }: Props) {
  const owed = lists.filter(({ name }) => name === "overdue" || name === "dueSoon" || name === "stale");
  const ownsNothing = lists.some(({ name, total }) => name === "owned" && total === 0);
  const empty = ownsNothing ? "none" : of;
  return (
    <>
      {owed.every(({ total }) => total === 0) ? (
        <EmptyState
          icon="check-circle"
          title={t(`desk.empty.${empty}.title`)}
          action={<LinkButton href={registerPath(portfolio)}>{t("desk.empty.action")}</LinkButton>}
        >
          {t(`desk.empty.${empty}.body`, { due: dueSoonDays, stale: staleDays })}
        </EmptyState>
      ) : (
        <Summary t={t} locale={locale} lists={lists} />
      )}
      {lists
        .filter(({ total }) => total > 0)
        .map((list) => (
          <section key={list.name} id={list.name} aria-labelledby={`${list.name}-title`} className="mt-6 scroll-mt-20">
            <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-control pb-1.5">
              <h2 id={`${list.name}-title`} className="flex items-baseline gap-2 text-lg">
                <Icon name={icons[list.name]} className="self-center" />
                {t(`desk.list.${list.name}`)}
                <Badge>{countOf(t, locale, list)}</Badge>
              </h2>
              <p className="text-sm text-muted">
                {t(`desk.hint.${list.name}`, { due: dueSoonDays, stale: staleDays })}
              </p>
              {list.filters && (
                <Link href={listHref(portfolio, list)} prefetch={false} className="ms-auto text-sm print:hidden">
                  {t("desk.showAll")}
                  <span className="sr-only">: {t(`desk.list.${list.name}`)}</span>
                </Link>
              )}
            </header>
            <ul>
              {list.rows.map((row) => (
                <DeskItem
                  key={row.id}
                  {...{ t, locale, actor, portfolio, row, today }}
                  list={list.name}
                  showOwner={of === "all"}
                />
              ))}
            </ul>
            {list.total > list.rows.length && (
              <p className="mt-2 text-sm text-muted">
                {t("desk.shown", { shown: list.rows.length, total: countOf(t, locale, list) })}
              </p>
            )}
          </section>
        ))}
    </>
  );
}

const icons: Record<DeskListName, IconName> = {
  overdue: "alert",
  dueSoon: "clock",
  stale: "history",
  unowned: "person",
  undated: "calendar",
  owned: "file",
};

function Summary({ t, locale, lists }: Pick<Props, "t" | "locale" | "lists">) {
  return (
    <nav aria-label={t("desk.summary")} className="mt-3 print:hidden">
      <ul className="flex flex-wrap gap-2">
        {lists.map((list) => (
          <li key={list.name}>
            <SummaryItem href={list.total > 0 ? `#${list.name}` : null}>
              <span className="text-lg font-semibold tabular-nums">{countOf(t, locale, list)}</span>
              {t(`desk.list.${list.name}`)}
            </SummaryItem>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SummaryItem({ href, children }: { href: string | null; children: React.ReactNode }) {
  const box = "control flex items-baseline gap-2 rounded-md border px-3 py-1";
  return href ? (
    <a href={href} className={`${box} border-control bg-surface text-ink no-underline hover:bg-hover hover:text-ink`}>
      {children}
    </a>
  ) : (
    <p className={`${box} border-line text-muted`}>{children}</p>
  );
}

function countOf(t: Translator, locale: Locale, { total, more }: DeskList): string {
  const count = format(locale).number(total);
  return more ? t("desk.moreThan", { count }) : count;
}

function listHref(portfolio: string, { filters, name }: DeskList): string {
  if (!filters) return registerPath(portfolio);
  const sort = name === "undated" ? "reference" : "schedule";
  const query = listingQuery({ filters, sort, descending: false, after: null, before: null, columns: defaultColumns });
  return registerPath(portfolio, query);
}
