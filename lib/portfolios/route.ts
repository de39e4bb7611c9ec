import { errorOf } from "#lib/action.ts";
import type { Actor } from "#lib/actor.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { currentActor } from "#lib/session.ts";
import { findPortfolio, type Portfolio } from "./queries.ts";

type Asked<Parts> = {
  request: Request;
  /** What stands behind the "?". */
  query: URLSearchParams;
  /** The parts of the address. */
  parts: Parts;
  actor: Actor;
  portfolio: Portfolio;
  locale: Locale;
};

/**
 * A route by which the app's own pages fetch from a portfolio: says who asks, and answers what went wrong as `{error}`, a
 * message's key, with `fields` where the question was wrong. (Other programs use the API.)
 */
export function portfolioRoute<Parts extends { portfolio: string } = { portfolio: string }>(
  answer: (asked: Asked<Parts>) => Promise<Response>,
) {
  return async (request: Request, { params }: { params: Promise<Parts> }): Promise<Response> => {
    try {
      const [actor, locale, parts] = await Promise.all([currentActor(), requestLocale(), params]);
      if (!actor) throw new NotSignedIn();
      const portfolio = await findPortfolio(actor, parts.portfolio);
      if (!portfolio) throw new NotFound();
      return await answer({ request, query: new URL(request.url).searchParams, parts, actor, portfolio, locale });
    } catch (error) {
      const { key, status, fields } = errorOf(error);
      return Response.json({ error: key, ...(fields && { fields }) }, { status });
    }
  };
}
