import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { Palette } from "#components/palette/palette.tsx";
import { SessionKeeper } from "#components/people/session-keeper.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { findPortfolio, listPortfolios } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }>; children: ReactNode };

/** The frame around every page of a portfolio. Who may see a page, the page asks itself: a layout is not a guard. */
export default async function PortfolioLayout({ params, children }: Props) {
  const [{ portfolio: id }, actor] = await Promise.all([params, requireActor()]);
  if (!(await findPortfolio(actor, id))) notFound();
  const [portfolios, locale] = await Promise.all([listPortfolios(actor), requestLocale()]);
  const shown = portfolios.map((portfolio) => ({ key: portfolio.id, name: portfolio.name, demo: portfolio.demo }));
  const portfolio = shown.find(({ key }) => key === id);
  if (!portfolio) notFound();
  return (
    <Shell
      locale={locale}
      actor={actor}
      portfolio={portfolio}
      portfolios={shown}
      signOut="/sign-out"
      palette={<Palette key={id} portfolio={id} failed={translator(locale)("palette.failed")} />}
    >
      {children}
      <SessionKeeper locale={locale} email={actor.email ?? ""} />
    </Shell>
  );
}
