import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { exportCsv, exportJson } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { fileStream } from "#lib/file-stream.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string }> };

const kinds = {
  csv: { write: exportCsv, type: "text/csv; charset=utf-8" },
  json: { write: exportJson, type: "application/json; charset=utf-8" },
};

/** Everything that the list of this address has, as a file: `?as=csv&…`. Sent while it is read. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    const { searchParams } = new URL(request.url);
    const as = searchParams.get("as") === "json" ? "json" : "csv";
    if (!portfolio) throw new NotFound();
    const { listing } = parseListing(searchParams);
    const today = teamToday(new Date());
    const { write, type } = kinds[as];
    const pieces = write(actor, portfolio.id, listing, { locale, today });
    return new Response(await fileStream(pieces, request), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${portfolio.id}-${today}.${as}"`,
      },
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
