import { choiceNouns, listChoices } from "#lib/commitments/choices.ts";
import { NotFound } from "#lib/errors.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";

/** What a form can choose from: `?of=people&q=ng`. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  const noun = choiceNouns.find((known) => known === query.get("of"));
  if (!noun) throw new NotFound();
  return Response.json(await listChoices(actor, portfolio.id, noun, { typed: query.get("q") ?? "", locale }));
});
