import { paletteActions, palettePages } from "#components/palette/entries.ts";
import type { PaletteStart } from "#components/palette/start.ts";
import { readQuery } from "#lib/api/query.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { requestTheme } from "#lib/i18n/request.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { findReferences } from "#lib/search/queries.ts";
import { recentSchema } from "#lib/search/schema.ts";
import { teamToday } from "#lib/team-day.ts";

/** What the palette begins with: its words, pages and actions, and the records of `?recent=VL-001,VL-002`. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  const { recent = [] } = readQuery(query, { recent: recentSchema.optional() });
  const [portfolios, theme, today] = [await listPortfolios(actor), await requestTheme(), teamToday(new Date())];
  const start: PaletteStart = {
    locale,
    messages: compiledMessages(locale, ["palette", "commitments.schedule", "common.close"]),
    pages: palettePages(actor, portfolio.id, locale),
    actions: paletteActions(actor, { portfolio, portfolios, locale, theme }),
    recent: await findReferences(actor, portfolio.id, recent, { locale, today }),
  };
  return Response.json(start);
});
