import { errorOf } from "#lib/action.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { currentActor } from "#lib/session.ts";
import { may } from "#lib/views/policy.ts";
import { listViews } from "#lib/views/queries.ts";

type Context = { params: Promise<{ portfolio: string }> };

/** The saved views that the actor may see. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const portfolio = await findPortfolio(actor, (await params).portfolio);
    if (!portfolio) throw new NotFound();
    return Response.json({
      views: await listViews(actor, portfolio.id),
      mayShare: may(actor, "share", { portfolioId: portfolio.id }),
    });
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
