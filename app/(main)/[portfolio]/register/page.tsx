import type { Metadata } from "next";
import { addressOf } from "#components/register/address.ts";
import { RegisterTable } from "#components/register/register-table.tsx";
import { tableHtml } from "#components/register/rows.ts";
import { Toolbar } from "#components/register/toolbar.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { nameFilters } from "#lib/commitments/facets.ts";
import {
  countFilters,
  defaultColumns,
  type Listing,
  listingQuery,
  noFilters,
  parseListing,
} from "#lib/commitments/filters.ts";
import { may } from "#lib/commitments/policy.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";
import "#components/register/register.css";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("register.title") };
}

/** The register: what the address asks for, fifty records at a time. */
export default async function RegisterPage({ params, searchParams }: Props) {
  const [{ portfolio }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  const { listing, refused } = parseListing(query);
  const today = teamToday(new Date());
  const [page, names] = await Promise.all([
    listCommitments(actor, portfolio, listing, { locale, today }),
    nameFilters(actor, listing.filters, portfolio, locale),
  ]);
  const t = translator(locale);
  const base = `/${portfolio}`;
  const place = (cursors: Pick<Listing, "after" | "before">) =>
    `${base}/register?${listingQuery({ ...listing, ...cursors })}`;
  const shown = { actor, portfolio, locale, today, columns: listing.columns };
  return (
    <ClientMessages locale={locale} scopes={[]}>
      <RegisterTable
        base={base}
        query={listingQuery({ ...listing, after: null, before: null })}
        q={listing.filters.q}
        columns={listing.columns === defaultColumns ? "" : listing.columns.join()}
        html={page.rows.length > 0 ? tableHtml(page.rows, listing, shown) : ""}
        failed={t("errors.unavailable")}
      >
        <Toolbar
          base={base}
          locale={locale}
          listing={listing}
          total={page.total}
          more={page.more}
          names={names}
          refused={refused}
          mayCreate={may(actor, "create", { portfolioId: portfolio })}
        />
      </RegisterTable>
      {page.rows.length === 0 && (
        <Nothing filtered={countFilters(listing.filters) > 0} href={addressOf(base, listing, noFilters)} t={t} />
      )}
      {(page.previous || page.next) && (
        <div className="mt-3">
          <Pagination
            label={t("register.pages")}
            previous={{
              label: t("register.previous"),
              href: page.previous ? place({ after: null, before: page.previous }) : undefined,
            }}
            next={{
              label: t("register.next"),
              href: page.next ? place({ after: page.next, before: null }) : undefined,
            }}
          />
        </div>
      )}
    </ClientMessages>
  );
}

function Nothing({ filtered, href, t }: { filtered: boolean; href: string; t: ReturnType<typeof translator> }) {
  if (!filtered) return <EmptyState title={t("register.none.title")}>{t("register.none.body")}</EmptyState>;
  return (
    <EmptyState
      icon="search"
      title={t("register.noMatch.title")}
      action={<LinkButton href={href}>{t("register.noMatch.action")}</LinkButton>}
    >
      {t("register.noMatch.body")}
    </EmptyState>
  );
}
