import { notFound, redirect } from "next/navigation";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

/** The way in: the register of the first portfolio, the home of the work. */
export default async function StartPage() {
  const [first] = await listPortfolios(await requireActor());
  if (!first) notFound();
  redirect(`/${first.id}/register`);
}
