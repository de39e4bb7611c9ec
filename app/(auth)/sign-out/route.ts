import { errorOf } from "#lib/action.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { endSession } from "#lib/people/access.ts";
import { currentActor, sessionSecret } from "#lib/session.ts";

/**
 * Signs out: a form posted from any page. What this browser keeps of the register goes, too. It says so when the session
 * could not be ended, instead of letting somebody leave a machine on which it still works.
 */
export async function POST(): Promise<Response> {
  try {
    const actor = await currentActor();
    if (actor?.sessionId) await endSession(actor, { id: actor.sessionId });
  } catch (error) {
    const { status } = errorOf(error);
    // Ended meanwhile, by another window: that is what was wanted.
    if (status !== 404) {
      return new Response(translator(await requestLocale())("account.errors.signOut"), {
        status: 503,
        headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
      });
    }
  }
  await sessionSecret.clear();
  return new Response(null, {
    status: 303,
    headers: { Location: "/sign-in", "Clear-Site-Data": '"cache", "storage"', "Cache-Control": "no-store" },
  });
}
