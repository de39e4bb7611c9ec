import { notFound, redirect } from "next/navigation";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

/** The way in: what the person owes today, in the first portfolio. */
export default async function StartPage() {
  const [first] = await listPortfolios(await requireActor());
  if (!first) notFound();
  redirect(`/${first.id}/desk`);
}
