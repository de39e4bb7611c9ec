import { rowHtml } from "#components/register/rows.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { may } from "#lib/commitments/policy.ts";
import { rowsOf } from "#lib/commitments/queries.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { teamToday } from "#lib/team-day.ts";
import { uuid } from "#lib/text.ts";

const most = 200;

/** Rows as they stand now: `?ids=…&columns=…`. After an edit, and before one of many. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  const ids = (query.get("ids") ?? "")
    .split(",")
    .filter((id) => uuid.safeParse(id).success)
    .slice(0, most);
  const { columns } = parseListing({ columns: query.get("columns") ?? undefined }).listing;
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
});
