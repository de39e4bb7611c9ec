import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FigureForm } from "#components/indicators/figure-form.tsx";
import { IndicatorEntryPage } from "#components/indicators/indicator-entry-page.tsx";
import { WithdrawForm } from "#components/indicators/withdraw-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getFigure, getIndicator } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { indicatorPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; key: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.edit.correctFigure") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key, id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const indicator = await getIndicator(actor, portfolio, key);
  if (!indicator) notFound();
  const figure = await getFigure(actor, indicator, id);
  if (!figure) notFound();
  const sources = await listChoices(actor, portfolio, "sources", { locale });
  const t = translator(locale);
  return (
    <IndicatorEntryPage
      {...{ t, locale, portfolio, indicator }}
      title={t("indicators.edit.correctFigure")}
      lead={t("indicators.edit.correctLead")}
    >
      <FigureForm
        portfolio={portfolio}
        indicator={{ id: indicator.id, key, unit: indicator.unit }}
        figure={figure}
        sources={sources}
      />
      <WithdrawForm of="figure" id={figure.id} version={figure.version} back={indicatorPath(portfolio, key)} />
    </IndicatorEntryPage>
  );
}
