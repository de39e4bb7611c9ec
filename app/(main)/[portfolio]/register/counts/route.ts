import { countFacets } from "#lib/commitments/facets.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { teamToday } from "#lib/team-day.ts";

/** What the filters offer and how many records each choice would leave, for the list of this address. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  const { listing } = parseListing(query);
  const today = teamToday(new Date());
  return Response.json(await countFacets(actor, portfolio.id, listing.filters, { locale, today }));
});
