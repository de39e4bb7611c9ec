import { errorOf } from "#lib/action.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { searchAll } from "#lib/search/queries.ts";
import { currentActor } from "#lib/session.ts";
import { line } from "#lib/text.ts";

type Context = { params: Promise<{ portfolio: string }> };

const typed = line(200);

/** What the command palette finds for `?q=…`; with `?words`, its words. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { searchParams } = new URL(request.url);
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    if (searchParams.has("words"))
      return Response.json(compiledMessages(locale, ["palette", "common", "shell", "register.new"]));
    const q = typed.safeParse(searchParams.get("q") ?? "");
    return Response.json(await searchAll(actor, portfolio.id, q.success ? q.data : "", locale));
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
