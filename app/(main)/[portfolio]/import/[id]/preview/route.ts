import { errorOf } from "#lib/action.ts";
import { Forbidden, NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { may } from "#lib/importing/policy.ts";
import { previewCsv } from "#lib/importing/preview.ts";
import { previewImport } from "#lib/importing/queries.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string; id: string }> };

/** What an import would do, line by line, as CSV. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [{ portfolio, id }, locale] = await Promise.all([params, requestLocale()]);
    if (!(await findPortfolio(actor, portfolio))) throw new NotFound();
    if (!may(actor, portfolio)) throw new Forbidden();
    const planned = await previewImport(actor, portfolio, id);
    if (!planned) throw new NotFound();
    return new Response(previewCsv(planned, locale), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="preview.csv"`,
      },
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
