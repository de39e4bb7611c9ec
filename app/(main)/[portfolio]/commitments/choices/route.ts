import { errorOf } from "#lib/action.ts";
import { choiceNouns, listChoices } from "#lib/commitments/choices.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** What a form can choose from: `?of=people&q=ng`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { searchParams } = new URL(request.url);
    const noun = choiceNouns.find((known) => known === searchParams.get("of"));
    const portfolio = await findPortfolio(actor, (await params).portfolio);
    if (!noun || !portfolio) throw new NotFound();
    const locale = await requestLocale();
    return Response.json(await listChoices(actor, portfolio.id, noun, { typed: searchParams.get("q") ?? "", locale }));
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
