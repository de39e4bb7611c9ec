import { type Listed, pageOf, pageParameters, readPage, readQuery, respond } from "#lib/api.ts";
import { type PublishedMeeting, publishMeeting } from "#lib/meetings/published.ts";
import { listMeetings } from "#lib/meetings/queries.ts";

export const dynamic = "force-dynamic";

export function GET(request: Request): Promise<Response> {
  return respond(request, async (actor, search): Promise<Listed<PublishedMeeting>> => {
    const { portfolioId, ...page } = readPage(readQuery(search, pageParameters));
    const { data, next } = pageOf(await listMeetings(actor, portfolioId), page);
    return { data: data.map(publishMeeting), next };
  });
}
