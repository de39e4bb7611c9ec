import { readQuery } from "#lib/api/query.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { findAnything } from "#lib/search/queries.ts";
import { typedSchema } from "#lib/search/schema.ts";
import { teamToday } from "#lib/team-day.ts";

/** What the palette finds: `?q=rail`. Answers with a `Found`, or with a message key. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  const { q = "" } = readQuery(query, { q: typedSchema.optional() });
  const today = teamToday(new Date());
  return Response.json(await findAnything(actor, portfolio.id, q, { locale, today }));
});
