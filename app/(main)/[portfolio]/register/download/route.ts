import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { exportCsv, exportJson } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
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
    const text = write(actor, portfolio.id, listing, { locale, today });
    // The first piece before the headers: what goes wrong at the start can still be said with a status.
    const first = await text.next();
    return new Response(bytesOf(first.value ?? "", text), {
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

/** Asks for the next piece when the last one has been taken, so that a slow line does not fill the memory. */
function bytesOf(first: string, rest: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(Buffer.from(first)),
      async pull(controller) {
        const { done, value } = await rest.next();
        if (done) controller.close();
        else controller.enqueue(Buffer.from(value));
      },
      async cancel() {
        await rest.return(undefined);
      },
    },
    { highWaterMark: 2 },
  );
}
