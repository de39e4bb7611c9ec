import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { countFacets } from "#lib/commitments/facets.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** What the filters offer and how many records each choice would leave, for the list of this address. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    const { listing } = parseListing(new URL(request.url).searchParams);
    return Response.json(
      await countFacets(actor, portfolio.id, listing.filters, { locale, today: teamToday(new Date()) }),
    );
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
