import { rowHtml } from "#components/register/rows.ts";
import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { may } from "#lib/commitments/policy.ts";
import { rowsOf } from "#lib/commitments/queries.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";
import { uuid } from "#lib/text.ts";

type Context = { params: Promise<{ portfolio: string }> };

const most = 200;

/** Rows as they stand now: `?ids=…&columns=…`. After an edit, and before one of many. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { searchParams } = new URL(request.url);
    const ids = (searchParams.get("ids") ?? "")
      .split(",")
      .filter((id) => uuid.safeParse(id).success)
      .slice(0, most);
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    const { columns } = parseListing({ columns: searchParams.get("columns") ?? undefined }).listing;
    const context = { actor, portfolio: portfolio.id, locale, today: teamToday(new Date()), columns };
    const rows = await rowsOf(actor, portfolio.id, ids, { locale });
    return Response.json({
      rows: rows.map((row) => {
        const owned = { ...row, portfolioId: portfolio.id };
        return {
          ...row,
          html: rowHtml(row, context).text,
          mayUpdate: may(actor, "update", owned),
          mayAssign: may(actor, "assign", owned),
        };
      }),
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
