import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { IndicatorPage } from "#components/indicators/indicator-page.tsx";
import { getHistory } from "#lib/audit/queries.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getIndicator } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

const load = cache(async (portfolio: string, key: string) => getIndicator(await requireActor(), portfolio, key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { portfolio, key } = await params;
  return { title: pickText((await load(portfolio, key))?.name, await requestLocale()) };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor] = await Promise.all([params, requireActor()]);
  const [indicator, locale] = await Promise.all([load(portfolio, key), requestLocale()]);
  if (!indicator) notFound();
  return (
    <IndicatorPage
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      indicator={indicator}
      today={teamToday(new Date())}
      mayRecord={may(actor, "record", portfolio)}
      told={await getHistory(actor, portfolio, "indicator", indicator.id)}
    />
  );
}
