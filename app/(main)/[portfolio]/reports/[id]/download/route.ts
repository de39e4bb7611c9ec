import { z } from "zod";
import { InvalidInput, NotFound } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { originOf } from "#lib/paths.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { fileKinds, reportFormats } from "#lib/reports/formats.ts";
import { draftFile } from "#lib/reports/issuing.ts";
import { getDraft, getFile } from "#lib/reports/written.ts";
import { slugOf, uuid } from "#lib/text.ts";

/** A file of a written report, `?as=pdf`: as it was issued, byte for byte, or as the draft is now. */
export const GET = portfolioRoute<{ portfolio: string; id: string }>(
  async ({ request, query, parts: { id }, actor, portfolio }) => {
    const as = z.enum(reportFormats).safeParse(query.get("as"));
    if (!as.success) throw new InvalidInput({ as: ["errors.choice"] });
    const report = uuid.safeParse(id).success ? await getDraft(actor, id) : null;
    if (report?.portfolioId !== portfolio.id) throw new NotFound();
    const { type, extension } = fileKinds[as.data];
    const kind = { type, name: `${slugOf(report.title) || "report"}-${report.request.day}.${extension}` };
    if (report.state !== "issued") {
      if (request.method === "HEAD") return fileAnswer(null, kind);
      const origin = originOf(request.headers);
      return fileAnswer(await draftFile(actor, report, as.data, { now: new Date(), origin }), kind);
    }
    const file = await getFile(actor, id, as.data);
    if (!file) throw new NotFound();
    const etag = `"${file.hash.toString("hex")}"`;
    const kept = { ETag: etag, "Cache-Control": "private, no-cache" };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: kept });
    const digest = { "Content-Digest": `sha-256=:${file.hash.toString("base64")}:` };
    return fileAnswer(file.bytes, kind, { ...kept, ...digest });
  },
);
