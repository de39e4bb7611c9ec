import type { ReactNode } from "react";
import { Frame } from "#components/people/frame.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

export default async function PortfoliosLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  const [portfolios, locale] = await Promise.all([listPortfolios(actor, { fresh: true }), requestLocale()]);
  return (
    <Frame locale={locale} actor={actor} portfolios={portfolios}>
      {children}
    </Frame>
  );
}
