import { type Actor, systemActor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { InvalidInput, NotFound, NotSignedIn, RuleBroken, TooMany } from "#lib/errors.ts";
import { type RateLimits, rateLimits } from "#lib/rate-limit.ts";
import { noteRefusal } from "./access.ts";
import { createByGroups, regroup } from "./group-roles.ts";
import { comeBack, connect, letInByIdentity, setOut, setOutToConnect } from "./identities.ts";
import { addressOf, believe, OidcRefused, type Sworn } from "./oidc.ts";
import { type OidcSettings, oidcSettings } from "./oidc-settings.ts";
import { ownPath } from "./rules.ts";
import { email as emailSchema, personName } from "./schema.ts";
import { accountOf, newSecret } from "./secrets.ts";

/** Signing in by the organisation's own sign-in: to it and back. */

const someone = systemActor("sign-in");

/** Where in this app the provider sends browsers back to. */
export const returnPath = "/sign-in/return";

/** `secret` belongs into the cookie of such journeys (oidcSecret) and nowhere else; `go` is where the browser goes to. */
export type Journey = { secret: string; expiresAt: Date; go: string };

type Going = { origin: string; address: string; next: unknown; now?: Date };

/**
 * Sets out to sign in. With `anew`, to show there again who one is.
 * @throws NotFound where there is no such sign-in, OidcAway, OidcRefused, TooMany, Unavailable
 */
export async function goToSignIn(
  { origin, address, next, anew = false, now = new Date() }: Going & { anew?: boolean },
  limits: RateLimits = rateLimits(),
): Promise<Journey> {
  const { settings, secret, go } = await prepare({ origin, address, anew }, limits);
  const input = { secret, issuer: settings.issuer, next: ownPath(next), anew };
  return { secret, go, ...(await setOut(someone, input, { now })) };
}

/** Sets out to connect one's own account. @throws ConfirmFirst besides */
export async function goToConnect(
  actor: Actor,
  { origin, address, next, now = new Date() }: Going,
  limits: RateLimits = rateLimits(),
): Promise<Journey> {
  const { settings, secret, go } = await prepare({ origin, address, anew: false }, limits);
  const input = { secret, issuer: settings.issuer, next: ownPath(next) };
  return { secret, go, ...(await setOutToConnect(actor, input, { now })) };
}

async function prepare(
  { origin, address, anew }: { origin: string; address: string; anew: boolean },
  limits: RateLimits,
) {
  const settings = present();
  await count(limits, address);
  const secret = newSecret();
  const go = await addressOf(settings, { secret, redirectUri: origin + returnPath, anew });
  return { settings, secret, go };
}

function present(): OidcSettings {
  const settings = oidcSettings();
  if (!settings) throw new NotFound();
  return settings;
}

async function count(limits: RateLimits, address: string): Promise<void> {
  const verdict = await limits.take("elsewhere", address);
  if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
}

type Back = {
  origin: string;
  address: string;
  /** The secret in this browser's cookie of its journey. */
  secret: string | null;
  /** The query with which the provider sent the browser back. */
  answer: string;
  /** Whoever is signed in here. */
  actor: Actor | null;
  oldSecret: string | null;
  userAgent: string | null;
  now?: Date;
};

/** `session`: what belongs into the cookie of a session, or with `half` into that of a half sign-in; null: one has connected. */
type Arrival = { next: string; session: { secret: string; expiresAt: Date; half: boolean } | null };

/**
 * The browser is back with an answer.
 * @throws OidcRefused, OidcAway, RuleBroken with the reason why this person is not let in, TooMany, Unavailable
 */
export async function arrive(
  { origin, address, secret, answer, actor, oldSecret, userAgent, now = new Date() }: Back,
  limits: RateLimits = rateLimits(),
): Promise<Arrival> {
  const settings = present();
  await count(limits, address);
  const journey = secret ? await comeBack(someone, { secret }, { now }).catch(over) : null;
  if (!secret || journey?.issuer !== settings.issuer) throw new OidcRefused("oidc.errors.over");
  const { next, anew, sessionId, createdAt } = journey;
  const sworn = await believe(settings, { secret, redirectUri: origin + returnPath, answer, anew });
  const email = addressIn(sworn);
  const { issuer, subject } = sworn;
  if (sessionId !== null) {
    // Another session than the one that set out, or none: whoever sits here now did not ask for it.
    if (actor?.sessionId !== sessionId) throw new NotSignedIn();
    await connect(actor, { issuer, subject, email, sessionId }, { now });
    return { next, session: null };
  }
  try {
    await findOrMake(settings, sworn, email, now);
    const fresh = newSecret();
    const { half, expiresAt } = await letInByIdentity(
      someone,
      {
        ...{ issuer, subject, email, secret: fresh, oldSecret, userAgent },
        factorElsewhere: settings.trusted && sworn.manyFactors,
        // Asked to show it anew, they have done so since, or not at all. Clocks may differ by a minute.
        shownAt: anew && Number(sworn.shownAt) < createdAt.getTime() - 60_000 ? null : sworn.shownAt,
      },
      { now },
    ).catch((error) => {
      throw error instanceof NotFound ? new RuleBroken("oidc.errors.disabled") : error;
    });
    return { next, session: { secret: fresh, expiresAt, half } };
  } catch (error) {
    if (error instanceof RuleBroken) {
      await noteRefusal(someone, { account: accountOf(email), address, blocked: false }, { now });
    }
    throw error;
  }
}

function over(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}

/** Only an address that the provider has seen to be theirs, and that we would take from anybody. */
function addressIn({ email, emailVerified }: Sworn): string {
  if (!emailVerified || email === null) throw new RuleBroken("oidc.errors.unverified");
  const parsed = emailSchema.safeParse(email);
  if (!parsed.success) throw new RuleBroken("oidc.errors.address");
  return parsed.data;
}

/**
 * Sees to it that there is somebody with this identity, who has what their groups give. An account that has the same address
 * is not theirs by that: its person connects it.
 * @throws RuleBroken
 */
async function findOrMake({ rules }: OidcSettings, sworn: Sworn, email: string, now: Date): Promise<void> {
  const { issuer, subject, groups } = sworn;
  const [identity] = await sql`SELECT FROM identity WHERE issuer = ${issuer} AND subject = ${subject}`;
  if (identity) {
    if (rules === null) return;
    const { left } = await regroup(someone, { issuer, subject, groups, rules }, { now });
    if (!left) throw new RuleBroken("oidc.errors.noGroup");
    return;
  }
  const [person] = await sql`SELECT FROM person WHERE email = ${email}`;
  if (person) throw new RuleBroken("oidc.errors.connectFirst");
  if (rules === null) throw new RuleBroken("oidc.errors.unknown");
  const given = personName.safeParse(sworn.name);
  const name = given.success ? given.data : (email.split("@")[0] ?? email);
  await createByGroups(someone, { issuer, subject, groups, rules, email, name }, { now }).catch((error) => {
    if (error instanceof NotFound) throw new RuleBroken("oidc.errors.noGroup");
    // Somebody else made an account with this address at the same moment.
    if (error instanceof InvalidInput) throw new RuleBroken("oidc.errors.connectFirst");
    throw error;
  });
}
