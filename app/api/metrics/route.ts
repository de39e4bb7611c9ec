import { respond } from "#lib/api/respond.ts";
import { metricsOf } from "#lib/letters/metrics.ts";
import { getQueue } from "#lib/letters/queries.ts";

/** How the worker is doing, for Prometheus: with an administrator's token. */
export async function GET(request: Request): Promise<Response> {
  return await respond(request, async (actor) => {
    const { type, text } = await metricsOf(await getQueue(actor));
    return new Response(text, { headers: { "Content-Type": type, "Cache-Control": "no-store" } });
  });
}
