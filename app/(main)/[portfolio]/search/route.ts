import { errorOf } from "#lib/action.ts";
import { readQuery } from "#lib/api/query.ts";
import { teamToday } from "#lib/command.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { findAnything } from "#lib/search/queries.ts";
import { typedSchema } from "#lib/search/schema.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** What the palette finds: `?q=rail`. Answers with a `Found`, or with a message key. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { q = "" } = readQuery(new URL(request.url).searchParams, { q: typedSchema.optional() });
    const portfolio = await findPortfolio(actor, (await params).portfolio);
    if (!portfolio) throw new NotFound();
    const [locale, today] = [await requestLocale(), teamToday(new Date())];
    return Response.json(await findAnything(actor, portfolio.id, q, { locale, today }), { headers });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status, headers });
  }
}

const headers = { "Cache-Control": "private, no-store" };
