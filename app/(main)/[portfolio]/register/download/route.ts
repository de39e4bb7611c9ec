import { exportCsv, exportJson } from "#lib/commitments/export.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { fileStream } from "#lib/file-stream.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { teamToday } from "#lib/team-day.ts";

const kinds = {
  csv: { write: exportCsv, type: "text/csv; charset=utf-8" },
  json: { write: exportJson, type: "application/json; charset=utf-8" },
};

/** Everything that the list of this address has, as a file: `?as=csv&…`. Sent while it is read. */
export const GET = portfolioRoute(async ({ request, query, actor, portfolio, locale }) => {
  const as = query.get("as") === "json" ? "json" : "csv";
  const { listing } = parseListing(query);
  const today = teamToday(new Date());
  const { write, type } = kinds[as];
  const pieces = write(actor, portfolio.id, listing, { locale, today });
  return fileAnswer(await fileStream(pieces, request), { type, name: `${portfolio.id}-${today}.${as}` });
});
