import { type Listed, pageOf, pageParameters, readPage, readQuery, respond } from "#lib/api.ts";
import { type PublishedSource, publishSource } from "#lib/sources/published.ts";
import { listSources } from "#lib/sources/queries.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return respond(request, async (actor, search): Promise<Listed<PublishedSource>> => {
    const { portfolioId, ...page } = readPage(readQuery(search, pageParameters));
    const { data, next } = pageOf(await listSources(actor, portfolioId), page);
    return { data: data.map(publishSource), next };
  });
}
