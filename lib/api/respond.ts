import type { Actor } from "#lib/actor.ts";
import { resolveLocale } from "#lib/i18n/locales.ts";
import { bearer, challengeOf } from "./bearer.ts";
import { answerHeaders, problem } from "./problem.ts";

/**
 * Answers whoever has a good token with what `give` gives: a Response as it is, anything else as JSON. For what is no
 * operation of /api/v1. `give` may throw any KeptError.
 */
export async function respond(
  request: Request,
  give: (actor: Actor, query: URLSearchParams) => Promise<unknown>,
): Promise<Response> {
  const { headers } = request;
  try {
    const { actor } = await bearer(headers);
    const given = await give(actor, new URL(request.url).searchParams);
    return given instanceof Response ? given : Response.json(given, { headers: answerHeaders });
  } catch (error) {
    return problem(error, {
      locale: resolveLocale({ accept: headers.get("accept-language") }),
      challenge: challengeOf(headers),
    });
  }
}
