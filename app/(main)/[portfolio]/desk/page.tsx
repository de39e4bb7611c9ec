import { notFound } from "next/navigation";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

/** What a person owes: overdue, due soon, silent for long; for managers, what everybody owes. Lists: lib/commitments/desk.ts. */
export default async function DeskPage({ params }: Props) {
  const [{ portfolio: id }, actor] = await Promise.all([params, requireActor()]);
  if (!(await findPortfolio(actor, id))) notFound();
  const t = translator(await requestLocale());
  return <h1 className="text-2xl">{t("shell.desk")}</h1>;
}
