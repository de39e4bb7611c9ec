import { paletteActions, palettePages } from "#components/palette/entries.ts";
import type { PaletteStart } from "#components/palette/start.ts";
import { errorOf } from "#lib/action.ts";
import { readQuery } from "#lib/api/query.ts";
import { teamToday } from "#lib/command.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { requestLocale, requestTheme } from "#lib/i18n/request.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { findReferences } from "#lib/search/queries.ts";
import { recentSchema } from "#lib/search/schema.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** What the palette begins with: its words, pages and actions, and the records of `?recent=VL-001,VL-002`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { recent = [] } = readQuery(new URL(request.url).searchParams, { recent: recentSchema.optional() });
    const [{ portfolio: id }, portfolios] = await Promise.all([params, listPortfolios(actor)]);
    const portfolio = portfolios.find((known) => known.id === id);
    if (!portfolio) throw new NotFound();
    const [locale, theme, today] = [await requestLocale(), await requestTheme(), teamToday(new Date())];
    const start: PaletteStart = {
      locale,
      messages: compiledMessages(locale, ["palette", "commitments.schedule", "common.close"]),
      pages: palettePages(actor, portfolio.id, locale),
      actions: paletteActions(actor, { portfolio, portfolios, locale, theme }),
      recent: await findReferences(actor, portfolio.id, recent, { locale, today }),
    };
    return Response.json(start, { headers });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status, headers });
  }
}

const headers = { "Cache-Control": "private, no-store" };
