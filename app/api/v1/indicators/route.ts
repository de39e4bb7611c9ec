import { type Listed, pageOf, pageParameters, readPage, readQuery, respond } from "#lib/api.ts";
import { type PublishedIndicator, publishIndicator } from "#lib/indicators/published.ts";
import { listIndicators } from "#lib/indicators/queries.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return respond(request, async (actor, search): Promise<Listed<PublishedIndicator>> => {
    const { portfolioId, ...page } = readPage(readQuery(search, pageParameters));
    const { data, next } = pageOf(await listIndicators(actor, portfolioId), page);
    return { data: data.map(publishIndicator), next };
  });
}
