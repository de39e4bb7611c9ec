import { nameFilters } from "#lib/commitments/facets.ts";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { InvalidInput } from "#lib/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { countMatches } from "#lib/reminders/queries.ts";
import { ruleQuery } from "#lib/reminders/schema.ts";
import { teamToday } from "#lib/team-day.ts";

/** How many records an address of the register would mean to a rule, and what it filters by, in words. */
export const GET = portfolioRoute(async ({ query: asked, actor, portfolio, locale }) => {
  const parsed = ruleQuery.safeParse(asked.get("query") ?? "");
  if (!parsed.success) throw new InvalidInput({ query: parsed.error.issues.map(({ message }) => message) });
  const query = parsed.data;
  const { filters } = parseListing(new URLSearchParams(query)).listing;
  const [matches, names] = await Promise.all([
    countMatches(actor, portfolio.id, query, teamToday(new Date())),
    nameFilters(actor, filters, portfolio.id, locale),
  ]);
  const words = filterWords(translator(locale), filters, names).map(({ text }) => text);
  return Response.json({ ...matches, query, filters: filters.q ? [`“${filters.q}”`, ...words] : words });
});
