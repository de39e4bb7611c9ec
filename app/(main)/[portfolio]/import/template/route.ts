import { errorOf } from "#lib/action.ts";
import { Forbidden, NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { may } from "#lib/importing/policy.ts";
import { emptyCsv, workbookOf } from "#lib/importing/template.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The file to fill in: `?as=xlsx` or `csv`, and with `filled=1` as a workbook with every record. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    if (!may(actor, portfolio.id)) throw new Forbidden();
    const { searchParams } = new URL(request.url);
    const csv = searchParams.get("as") === "csv";
    const filled = searchParams.get("filled") === "1";
    const body = csv ? emptyCsv(locale) : new Uint8Array(await workbookOf(actor, portfolio.id, { locale, filled }));
    const name = `${portfolio.id}-import.${csv ? "csv" : "xlsx"}`;
    return new Response(body, {
      headers: {
        "Content-Type": csv ? "text/csv; charset=utf-8" : workbook,
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
