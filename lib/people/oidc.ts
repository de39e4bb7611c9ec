import { createHmac } from "node:crypto";
import type { Configuration } from "openid-client";
import { isAway, KeptError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import type { OidcSettings } from "./oidc-settings.ts";
import { isThisMachine } from "./rules.ts";

/**
 * What is said to and heard from the organisation's sign-in: OpenID Connect by discovery, the authorization code flow with
 * PKCE. Everything that binds an answer to the browser which asked comes from one secret in that browser's cookie, of which
 * the database has the digest alone.
 */

/** The provider said no, or what it said is not to be believed. */
export class OidcRefused extends KeptError {
  readonly status = 422;
  readonly key: "oidc.errors.cancelled" | "oidc.errors.failed" | "oidc.errors.over";
  constructor(key: OidcRefused["key"], cause?: unknown) {
    super(key, { cause });
    this.key = key;
  }
}

/** The provider does not answer. */
export class OidcAway extends KeptError {
  readonly status = 503;
  readonly key = "oidc.errors.away";
}

/** Who somebody is, as the provider has sworn it. */
export type Sworn = {
  issuer: string;
  subject: string;
  /** Null: it gave none. */
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  groups: string[];
  /** It says that more than one factor was shown. */
  manyFactors: boolean;
  /** When the person last showed there who they are; null: it does not say. */
  shownAt: Date | null;
};

// Loaded at first use: most installations have no such provider.
const library = () => import("openid-client");

const seconds = 10;
const hour = 3_600_000;
let known: { settings: string; until: number; provider: Promise<Configuration> } | undefined;

/** What the provider says of itself, asked for once an hour. */
async function provider(settings: OidcSettings): Promise<Configuration> {
  const asked = JSON.stringify(settings);
  if (known?.settings !== asked || known.until < Date.now()) {
    known = { settings: asked, until: Date.now() + hour, provider: discover(settings) };
  }
  try {
    return await known.provider;
  } catch (error) {
    known = undefined;
    throw told(error);
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const client = await library();
  const server = new URL(issuer);
  const plain = server.protocol === "http:" && isThisMachine(server.hostname);
  const config = await client.discovery(
    server,
    clientId,
    undefined,
    // By the header, as the standard has it unless said otherwise.
    clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
    {
      timeout: seconds,
      // The signature of what it swears is looked at, though it came over a line of our own.
      execute: [client.enableNonRepudiationChecks, ...(plain ? [client.allowInsecureRequests] : [])],
    },
  );
  return config;
}

/** What binds an answer to the browser with this secret. Nobody finds one from another. */
function bindings(secret: string) {
  const derive = (what: string) => createHmac("sha256", secret).update(`kept oidc ${what}`).digest("base64url");
  return { state: derive("state"), nonce: derive("nonce"), verifier: derive("pkce") };
}

/**
 * Where the browser goes to. With `anew` the person has to show there who they are, however lately they did.
 * @throws OidcAway, OidcRefused
 */
export async function addressOf(
  settings: OidcSettings,
  { secret, redirectUri, anew }: { secret: string; redirectUri: string; anew: boolean },
): Promise<string> {
  const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library();
  const config = await provider(settings);
  const { state, nonce, verifier } = bindings(secret);
  const groups = settings.rules !== null && config.serverMetadata().scopes_supported?.includes("groups");
  return buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: groups ? "openid email profile groups" : "openid email profile",
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(anew && { prompt: "login", max_age: "0" }),
  }).href;
}

/**
 * Believes an answer that came to our own address: it has this browser's state, is of this issuer, its code is taken for this
 * browser's PKCE secret, and what is sworn has a good signature, our client, this browser's nonce, and has not run out.
 * @throws OidcAway, OidcRefused
 */
export async function believe(
  settings: OidcSettings,
  { secret, redirectUri, answer, anew }: { secret: string; redirectUri: string; answer: string; anew: boolean },
): Promise<Sworn> {
  const client = await library();
  const config = await provider(settings);
  const { state, nonce, verifier } = bindings(secret);
  const url = new URL(redirectUri);
  url.search = answer;
  try {
    const tokens = await client.authorizationCodeGrant(config, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      // How lately it was is asked below, of the moment at which we asked.
      ...(anew && { maxAge: 3600 }),
    });
    const sworn = tokens.claims();
    if (!sworn) throw new OidcRefused("oidc.errors.failed");
    const { userinfo_endpoint } = config.serverMetadata();
    const more = userinfo_endpoint ? await client.fetchUserInfo(config, tokens.access_token, sworn.sub) : {};
    return readClaims(sworn, { ...more, ...sworn });
  } catch (error) {
    throw told(error);
  }
}

type Claims = Record<string, unknown>;

/** Who it is and how they showed it stands in what is signed; the rest may stand beside it. */
function readClaims(sworn: Claims & { iss: string; sub: string }, all: Claims): Sworn {
  const text = (value: unknown) => (typeof value === "string" && value.isWellFormed() ? value.slice(0, 1000) : null);
  const { groups } = all;
  // An address and whether it is theirs are said together, or one could be of one place and the other of another.
  const addressed = sworn.email === undefined ? all : sworn;
  const authTime = sworn.auth_time;
  return {
    issuer: sworn.iss,
    subject: sworn.sub,
    email: text(addressed.email),
    emailVerified: addressed.email_verified === true,
    name: text(all.name),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [],
    manyFactors: manyFactors(sworn.amr, sworn.acr),
    shownAt: typeof authTime === "number" && Number.isSafeInteger(authTime) ? new Date(authTime * 1000) : null,
  };
}

/** By the names of RFC 8176 and of OpenID's profile for phishing-resistant sign-in. */
function manyFactors(amr: unknown, acr: unknown): boolean {
  return (Array.isArray(amr) && amr.includes("mfa")) || acr === "phr" || acr === "phrh";
}

/** What went wrong there, as one of ours. */
function told(error: unknown): KeptError {
  if (error instanceof KeptError) return error;
  const { name, code, error: said } = error as { name?: string; code?: string; error?: string };
  if (name === "AuthorizationResponseError" && said === "access_denied") {
    return new OidcRefused("oidc.errors.cancelled", error);
  }
  const away =
    code === "OAUTH_TIMEOUT" || code === "OAUTH_RESPONSE_IS_NOT_CONFORM" || isAway(error) || isUnreached(error);
  // What it is about is for whoever runs the server, and holds no secret: claims and tokens are not part of it.
  const { message } = error as Error;
  log.warn({ oidc: { name, code, message } }, "The organisation's sign-in gave no good answer.");
  return away
    ? new OidcAway("the provider does not answer", { cause: error })
    : new OidcRefused("oidc.errors.failed", error);
}

const isUnreached = (error: unknown) => error instanceof TypeError && error.message === "fetch failed";
