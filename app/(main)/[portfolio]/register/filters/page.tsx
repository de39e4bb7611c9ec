import type { Metadata } from "next";
import { FilterForm } from "#components/register/filter-form.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { countFacets } from "#lib/commitments/facets.ts";
import { listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("register.panel.title") };
}

/** The filters and columns as a page: where a browser runs no script, and for an address to link to. */
export default async function FiltersPage({ params, searchParams }: Props) {
  const [{ portfolio }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  const { listing } = parseListing(query);
  const facets = await countFacets(actor, portfolio, listing.filters, { locale, today: teamToday(new Date()) });
  const t = translator(locale);
  const action = registerPath(portfolio);
  const back = listingQuery(listing);
  return (
    <div className="mx-auto max-w-4xl">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[
          { label: t("register.title"), href: `${action}${back && `?${back}`}` },
          { label: t("register.panel.title") },
        ]}
      />
      <h1 className="my-3 text-xl">{t("register.panel.title")}</h1>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "register.filter",
          "register.panel",
          "register.columnsPanel",
          "register.clearAll",
          "commitments",
        ]}
      >
        <FilterForm action={action} listing={listing} facets={facets} whole />
      </ClientMessages>
    </div>
  );
}
