import type { Metadata } from "next";
import { IndicatorList } from "#components/indicators/indicator-list.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listIndicators } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.title") };
}

export default async function IndicatorsPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const indicators = await listIndicators(actor, portfolio);
  const today = teamToday(new Date());
  return (
    <IndicatorList
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      indicators={indicators}
      today={today}
      mayRecord={may(actor, "record", portfolio)}
    />
  );
}
