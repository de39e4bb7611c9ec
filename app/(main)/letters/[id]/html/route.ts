import { errorOf } from "#lib/action.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { getLetterHtml } from "#lib/letters/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ id: string }> };

/**
 * A letter as a mail program shows it, for the frame on its page. The server in front answers under a policy that lets it
 * run nothing (lib/start/headers.ts); links open beside it.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const html = await getLetterHtml(actor, (await params).id);
    if (html === null) throw new NotFound();
    return new Response(html.replace("<head>", '<head><base target="_blank">'), {
      headers: { "Content-Type": "text/html; charset=utf-8" },
    });
  } catch (error) {
    return new Response(null, { status: errorOf(error).status, headers: { "Cache-Control": "no-store" } });
  }
}
