import { z } from "zod";
import { InvalidInput } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { originOf } from "#lib/paths.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { parseRequest } from "#lib/reports/address.ts";
import { buildReport } from "#lib/reports/build.ts";
import { toFile } from "#lib/reports/files.ts";
import { fileKinds, reportFormats } from "#lib/reports/formats.ts";
import { isLong } from "#lib/tasks/queries.ts";

/** The report of this address as a file: `?as=pdf&template=…&day=…&lang=…`. */
export const GET = portfolioRoute(async ({ request, query, actor, portfolio, locale }) => {
  const as = z.enum(reportFormats).safeParse(query.get("as"));
  if (!as.success) throw new InvalidInput({ as: ["errors.choice"] });
  const now = new Date();
  const { request: asked, refused } = parseRequest(Object.fromEntries(query), { locale });
  if (Object.keys(refused).length > 0) throw new InvalidInput(refused);
  // A page there offers to make it: what is only looked at must change nothing.
  if (await isLong(actor, portfolio.id, asked))
    return new Response(null, { status: 303, headers: { Location: `/${portfolio.id}/tasks?${query}` } });
  // Nobody reads it, and what it is called would have to be found out by making it.
  if (request.method === "HEAD") return new Response(null, { headers: { "Content-Type": fileKinds[as.data].type } });
  const { document, request: fixed } = await buildReport(actor, asked, { portfolioId: portfolio.id, now });
  const { type, extension, bytes } = await toFile(document, as.data, { origin: originOf(request.headers), at: now });
  const name = `${fixed.template}-${portfolio.id}-${fixed.day}-${fixed.locale}.${extension}`;
  return fileAnswer(bytes, { type, name });
});
