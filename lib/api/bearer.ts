import { type Actor, bearerOf, type Scope } from "#lib/actor.ts";
import { NotSignedIn, TooMany } from "#lib/errors.ts";
import { networkOf } from "#lib/people/rules.ts";
import { limitOf, rateLimits } from "#lib/rate-limit.ts";

/** Who asks: a bearer token and nothing else. A browser's session is not looked at, so no page can make a browser ask. */

const noToken = 'Bearer realm="Kept"';

/** What a sender is asked for who is not let in. */
export const challengeOf = (given: Headers): string =>
  given.has("authorization") ? `${noToken}, error="invalid_token"` : noToken;

/** @throws NotSignedIn, TooMany */
export async function bearer(given: Headers): Promise<{ actor: Actor; scopes: readonly Scope[] }> {
  const [, secret] = /^Bearer +([\w.~+/-]+=*)$/i.exec(given.get("authorization") ?? "") ?? [];
  const found = secret ? await bearerOf(secret, new Date(), given.get("x-request-id")) : null;
  if (found) return found;
  // A token that is none counts against its sender, so that they can't be tried one after the other. One that is good is
  // let through all the same: others behind the same address are not to suffer.
  const verdict = secret ? await rateLimits().take("token", networkOf(given.get("x-forwarded-for") ?? "")) : null;
  if (verdict && !verdict.allowed) throw new TooMany(verdict.retryAfter);
  throw new NotSignedIn();
}

/** Counts a request of a person, and says in headers what is left of the limit. @throws TooMany */
export async function counted(actor: Actor): Promise<Record<string, string>> {
  const { points, duration } = limitOf("api");
  const verdict = await rateLimits().take("api", actor.id ?? "");
  if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
  return {
    "RateLimit-Policy": `"person";q=${points};w=${duration}`,
    RateLimit: `"person";r=${verdict.left};t=${verdict.resetIn}`,
  };
}
