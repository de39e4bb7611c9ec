import { z } from "zod";
import { errorOf } from "#lib/action.ts";
import { InvalidInput, NotFound, NotSignedIn } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { originOf } from "#lib/paths.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { parseRequest } from "#lib/reports/address.ts";
import { buildReport } from "#lib/reports/build.ts";
import { toFile } from "#lib/reports/files.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { currentActor } from "#lib/session.ts";
import { isLong } from "#lib/tasks/queries.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** The report of this address as a file: `?as=pdf&template=…&day=…&lang=…`. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const [portfolio, locale] = await Promise.all([findPortfolio(actor, (await params).portfolio), requestLocale()]);
    if (!portfolio) throw new NotFound();
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const as = z.enum(reportFormats).safeParse(query.as);
    if (!as.success) throw new InvalidInput({ as: ["errors.choice"] });
    const now = new Date();
    const { request: asked, refused } = parseRequest(query, { locale });
    if (Object.keys(refused).length > 0) throw new InvalidInput(refused);
    // A page there offers to make it: what is only looked at must change nothing.
    if (await isLong(actor, portfolio.id, asked))
      return new Response(null, {
        status: 303,
        headers: { Location: `/${portfolio.id}/tasks?${new URL(request.url).searchParams}` },
      });
    const { document, request: fixed } = await buildReport(actor, asked, { portfolioId: portfolio.id, now });
    const { type, extension, bytes } = await toFile(document, as.data, { origin: originOf(request.headers), at: now });
    return new Response(Buffer.from(bytes), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${fixed.template}-${portfolio.id}-${fixed.day}-${fixed.locale}.${extension}"`,
      },
    });
  } catch (error) {
    const { key, status, fields } = errorOf(error);
    return Response.json({ error: key, ...(fields && { fields }) }, { status });
  }
}
