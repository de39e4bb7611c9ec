"use server";

import { redirect } from "next/navigation";
import { type ActionError, type ActionResult, actAndRefresh, errorOf, formOf } from "#lib/action.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { currentActor, halfSecret, oidcSecret, requestOrigin, requestSite, sessionSecret } from "#lib/session.ts";
import { arrive, goToConnect, goToSignIn, type Journey } from "./elsewhere.ts";
import * as identities from "./identities.ts";

/** The organisation's sign-in: to it and back. */

/** `go`: where the browser is to go. The page leads there, since no form of ours may be sent elsewhere. */
type JourneyState = { go?: string; error?: ActionError };

export async function signInElsewhere(_before: JourneyState, sent: FormData): Promise<JourneyState> {
  const form = formOf(sent);
  try {
    const [{ address }, { origin }] = [await requestOrigin(), await requestSite()];
    const anew = form.get("anew") === "1";
    return { go: await setOff(await goToSignIn({ origin, address, next: form.get("next"), anew })) };
  } catch (error) {
    return { error: errorOf(error) };
  }
}

export async function connectElsewhere(input: { next: unknown }): Promise<ActionResult<{ go: string }>> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [{ address }, { origin }] = [await requestOrigin(), await requestSite()];
    return { ok: true, result: { go: await setOff(await goToConnect(actor, { origin, address, next: input?.next })) } };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

async function setOff({ secret, expiresAt, go }: Journey): Promise<string> {
  await oidcSecret.set(secret, expiresAt);
  return go;
}

/** The browser is back, and its page sends what it was sent back with. */
export async function comeBack(_before: { error?: ActionError }, sent: FormData): Promise<{ error?: ActionError }> {
  const form = formOf(sent);
  let to: string;
  try {
    const [{ address, userAgent }, { origin }] = [await requestOrigin(), await requestSite()];
    const [secret, oldSecret, actor] = [await oidcSecret.read(), await sessionSecret.read(), await currentActor()];
    const given = form.get("answer");
    const answer = typeof given === "string" ? given.slice(0, 8000) : "";
    await oidcSecret.clear();
    const { next, session } = await arrive({ origin, address, secret, answer, actor, oldSecret, userAgent });
    to = next;
    if (session?.half) {
      await halfSecret.set(session.secret, session.expiresAt);
      to = next === "/" ? "/sign-in/step" : `/sign-in/step?next=${encodeURIComponent(next)}`;
    } else if (session) {
      await sessionSecret.set(session.secret, session.expiresAt);
      await halfSecret.clear();
    }
  } catch (error) {
    return { error: errorOf(error) };
  }
  redirect(to);
}

export const disconnectElsewhere = async (input: unknown) => actAndRefresh(identities.disconnect, input);
