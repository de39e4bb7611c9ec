import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { nameFilters } from "#lib/commitments/facets.ts";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { InvalidInput, NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { countMatches } from "#lib/reminders/queries.ts";
import { ruleQuery } from "#lib/reminders/schema.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** How many records an address of the register would mean to a rule, and what it filters by, in words. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    const parsed = ruleQuery.safeParse(new URL(request.url).searchParams.get("query") ?? "");
    if (!parsed.success) throw new InvalidInput({ query: parsed.error.issues.map(({ message }) => message) });
    const query = parsed.data;
    const { filters } = parseListing(new URLSearchParams(query)).listing;
    const [matches, names] = await Promise.all([
      countMatches(actor, portfolio.id, query, teamToday(new Date())),
      nameFilters(actor, filters, portfolio.id, locale),
    ]);
    const words = filterWords(translator(locale), filters, names).map(({ text }) => text);
    return Response.json({ ...matches, query, filters: filters.q ? [`“${filters.q}”`, ...words] : words });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
