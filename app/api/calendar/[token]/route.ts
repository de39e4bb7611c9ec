import { createHash } from "node:crypto";
import { errorOf } from "#lib/action.ts";
import { actorOfFeed } from "#lib/actor.ts";
import { NotFound, TooMany } from "#lib/errors.ts";
import { calendarOf } from "#lib/feeds/calendar.ts";
import { listDated } from "#lib/feeds/queries.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { originOf } from "#lib/paths.ts";
import { networkOf } from "#lib/people/rules.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { teamToday } from "#lib/team-day.ts";

export const dynamic = "force-dynamic";

/**
 * A calendar, by its secret address: `/api/calendar/<secret>.ics`. Calendar programs can't sign in, so the secret stands in
 * the address; it is answered with nothing that would pass it on, and opens nothing but this.
 */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  try {
    const { token } = await params;
    const found = await actorOfFeed(token.replace(/\.ics$/, ""), request.headers.get("x-request-id"));
    if (!found) {
      // One that is good is let through all the same: others behind the same address are not to suffer.
      const verdict = await rateLimits().take("feed", networkOf(request.headers.get("x-forwarded-for") ?? ""));
      throw verdict.allowed ? new NotFound() : new TooMany(verdict.retryAfter);
    }
    const { actor, feed } = found;
    const locale = actor.locale ?? "en";
    const t = translator(locale);
    const text = calendarOf({
      name: feed.view
        ? t("feeds.nameView", { view: feed.view.name })
        : t("feeds.nameIn", { portfolio: pickText(feed.portfolioName, locale) }),
      locale,
      records: await listDated(actor, feed, teamToday(new Date())),
      origin: originOf(request.headers),
    });
    const etag = `W/"${createHash("sha256").update(text).digest("base64url")}"`;
    const headers = { ...common, ETag: etag };
    if (matches(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
    return new Response(text, { headers: { ...headers, "Content-Type": "text/calendar; charset=utf-8" } });
  } catch (error) {
    const { key, status, retryAfter } = errorOf(error);
    const headers = { ...common, ...(retryAfter && { "Retry-After": String(retryAfter) }) };
    return Response.json({ error: key }, { status, headers });
  }
}

const common = {
  "Cache-Control": "private, no-cache",
  "Content-Disposition": 'inline; filename="kept.ics"',
  "X-Robots-Tag": "noindex",
};

/** Whether a client has this very answer already. */
function matches(wanted: string | null, etag: string): boolean {
  if (wanted === null) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return wanted.trim() === "*" || wanted.split(",").some((tag) => plain(tag) === plain(etag));
}
