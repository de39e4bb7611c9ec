import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { cache } from "react";
import { type Actor, actorOfSession, factorActorOfSession } from "#lib/actor.ts";
import type { Site } from "#lib/people/passkey-schema.ts";
import { halfCookie, networkOf, oidcCookie, ownPath, sessionCookie } from "#lib/people/rules.ts";
import { writer } from "#lib/writer.ts";

/**
 * The person behind this request, or null. One look-up a request, however many components ask; it is this and not a
 * proxy or a layout that decides who somebody is.
 */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const secret = await presentSecret();
  if (!secret) return null;
  const now = new Date();
  const found = await actorOfSession(secret, now, (await headers()).get("x-request-id"));
  if (!found) return null;
  const { actor, seenLongAgo } = found;
  if (seenLongAgo && actor.sessionId) after(noteVisit(actor.sessionId, now));
  return actor;
});

/** The person behind this request; who isn't signed in is sent to the sign-in page, and from there back here. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor();
  if (actor) return actor;
  const here = ownPath((await headers()).get("x-kept-path"));
  const door = (await currentFactorActor())?.lacksFactor ? "/sign-in/factor" : "/sign-in";
  redirect(here === "/" ? door : `${door}?next=${encodeURIComponent(here)}`);
}

/**
 * The person behind this request, also where they have yet to set up the second factor that their role asks for: for the
 * page on which they do, and for nothing else.
 */
export const currentFactorActor = cache(async (): Promise<{ actor: Actor; lacksFactor: boolean } | null> => {
  const secret = await presentSecret();
  return secret ? await factorActorOfSession(secret, new Date(), (await headers()).get("x-request-id")) : null;
});

/**
 * Notes that a session is in use, so that it does not end for being idle. It is no change of the register: no history.
 * A visit that can't be noted (database away, say) is one that another request notes.
 */
export async function noteVisit(sessionId: string, now: Date): Promise<void> {
  try {
    await writer().session.updateMany({ where: { id: sessionId, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } });
  } catch (error) {
    console.error("A visit could not be noted:", error);
  }
}

/** The secret of this browser's session, whether it is still good or not. */
export async function presentSecret(): Promise<string | null> {
  return (await cookies()).get((await cookie()).name)?.value ?? null;
}

/** Only where cookies may be written: in an action or a route handler. */
export async function setSessionCookie(secret: string, expiresAt: Date): Promise<void> {
  const { name, options } = await cookie();
  (await cookies()).set(name, secret, { ...options, expires: expiresAt });
}

/** Only where cookies may be written: in an action or a route handler. */
export async function clearSessionCookie(): Promise<void> {
  const { name, options } = await cookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

/** The secret of this browser's half sign-in, whether it is still good or not. */
export async function presentHalf(): Promise<string | null> {
  return (await cookies()).get(halfCookie(await isSecure()).name)?.value ?? null;
}

/** Only where cookies may be written: in an action or a route handler. */
export async function setHalfCookie(secret: string, expiresAt: Date): Promise<void> {
  const { name, options } = halfCookie(await isSecure());
  (await cookies()).set(name, secret, { ...options, expires: expiresAt });
}

/** Only where cookies may be written: in an action or a route handler. */
export async function clearHalfCookie(): Promise<void> {
  const { name, options } = halfCookie(await isSecure());
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

/** The secret of this browser's journey to the organisation's sign-in, whether it is still good or not. */
export async function presentOidc(): Promise<string | null> {
  return (await cookies()).get(oidcCookie(await isSecure()).name)?.value ?? null;
}

/** Only where cookies may be written: in an action or a route handler. */
export async function setOidcCookie(secret: string, expiresAt: Date): Promise<void> {
  const { name, options } = oidcCookie(await isSecure());
  (await cookies()).set(name, secret, { ...options, expires: expiresAt });
}

/** Only where cookies may be written: in an action or a route handler. */
export async function clearOidcCookie(): Promise<void> {
  const { name, options } = oidcCookie(await isSecure());
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

async function cookie() {
  return sessionCookie(await isSecure());
}

/** The server in front (lib/start/server.ts) has replaced what the client said of these headers by what is true. */
async function isSecure(): Promise<boolean> {
  return (await headers()).get("x-forwarded-proto") === "https";
}

/** Where the app is for this browser, which passkeys are bound to. The server in front has seen to it that the host is no lie. */
export async function requestSite(): Promise<Site> {
  const host = (await headers()).get("host") ?? "";
  const { origin, hostname } = new URL(process.env.KEPT_URL || `${(await isSecure()) ? "https" : "http"}://${host}`);
  return { origin, rpId: hostname };
}

/** Where a request comes from, for the limits on tries and the history. */
export async function requestOrigin(): Promise<{ address: string; userAgent: string | null }> {
  const all = await headers();
  const userAgent =
    all
      .get("user-agent")
      ?.replace(/[^\x20-\x7e]/g, "")
      .slice(0, 300) || null;
  return { address: networkOf(all.get("x-forwarded-for") ?? ""), userAgent };
}
