import { z } from "zod";
import { errorOf } from "#lib/action.ts";
import { InvalidInput, NotFound, NotSignedIn } from "#lib/errors.ts";
import { originOf } from "#lib/paths.ts";
import { fileKinds, reportFormats } from "#lib/reports/formats.ts";
import { draftFile } from "#lib/reports/issuing.ts";
import { getDraft, getFile } from "#lib/reports/written.ts";
import { currentActor } from "#lib/session.ts";
import { slugOf, uuid } from "#lib/text.ts";

type Context = { params: Promise<{ portfolio: string; id: string }> };

/** A file of a written report, `?as=pdf`: as it was issued, byte for byte, or as the draft is now. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const { portfolio, id } = await params;
    const as = z.enum(reportFormats).safeParse(new URL(request.url).searchParams.get("as"));
    if (!as.success) throw new InvalidInput({ as: ["errors.choice"] });
    const report = uuid.safeParse(id).success ? await getDraft(actor, id) : null;
    if (report?.portfolioId !== portfolio) throw new NotFound();
    const { type, extension } = fileKinds[as.data];
    const headers = {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${slugOf(report.title) || "report"}-${report.request.day}.${extension}"`,
    };
    if (report.state !== "issued") {
      const bytes = await draftFile(actor, report, as.data, { now: new Date(), origin: originOf(request.headers) });
      return new Response(Buffer.from(bytes), { headers });
    }
    const file = await getFile(actor, id, as.data);
    if (!file) throw new NotFound();
    const etag = `"${file.hash.toString("hex")}"`;
    const kept = { ...headers, ETag: etag, "Cache-Control": "private, no-cache" };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: kept });
    return new Response(Buffer.from(file.bytes), {
      headers: { ...kept, "Content-Digest": `sha-256=:${file.hash.toString("base64")}:` },
    });
  } catch (error) {
    const { key, status, fields } = errorOf(error);
    return Response.json({ error: key, ...(fields && { fields }) }, { status });
  }
}
