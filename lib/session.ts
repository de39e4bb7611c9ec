import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { cache } from "react";
import { type Actor, actorOfSession, factorActorOfSession } from "#lib/actor.ts";
import { log } from "#lib/log.ts";
import type { Site } from "#lib/people/passkey-schema.ts";
import { halfCookie, networkOf, oidcCookie, ownPath, sessionCookie } from "#lib/people/rules.ts";
import { writer } from "#lib/writer.ts";

/**
 * The person behind this request, or null. One look-up a request, however many components ask; it is this and not a
 * proxy or a layout that decides who somebody is.
 */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const secret = await sessionSecret.read();
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
  const secret = await sessionSecret.read();
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
    log.error({ err: error }, "A visit could not be noted.");
  }
}

type BrowserCookie = ReturnType<typeof sessionCookie | typeof halfCookie | typeof oidcCookie>;

/** The secret in one of this browser's cookies. `kind`: what that cookie is called, and how it is kept. */
function secretIn(kind: (secure: boolean) => BrowserCookie) {
  const put = async (secret: string, end: { expires: Date } | { maxAge: 0 }) => {
    const { name, options } = kind(await isSecure());
    (await cookies()).set(name, secret, { ...options, ...end });
  };
  return {
    /** Null where there is none. Whether it is still good is another question. */
    read: async (): Promise<string | null> => (await cookies()).get(kind(await isSecure()).name)?.value ?? null,
    /** Only where cookies may be written: in an action or a route handler. */
    set: (secret: string, expiresAt: Date): Promise<void> => put(secret, { expires: expiresAt }),
    /** Only where cookies may be written: in an action or a route handler. */
    clear: (): Promise<void> => put("", { maxAge: 0 }),
  };
}

export const sessionSecret = secretIn(sessionCookie);

/** Of a half sign-in: after the password, before the second factor. */
export const halfSecret = secretIn(halfCookie);

/** Of a journey to the organisation's sign-in. */
export const oidcSecret = secretIn(oidcCookie);

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
