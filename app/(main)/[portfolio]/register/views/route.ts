import { portfolioRoute } from "#lib/portfolios/route.ts";
import { may } from "#lib/views/policy.ts";
import { listViews } from "#lib/views/queries.ts";

/** The saved views that the actor may see. */
export const GET = portfolioRoute(async ({ actor, portfolio }) =>
  Response.json({
    views: await listViews(actor, portfolio.id),
    mayShare: may(actor, "share", { portfolioId: portfolio.id }),
  }),
);
