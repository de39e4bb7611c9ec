import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IndicatorEntryPage } from "#components/indicators/indicator-entry-page.tsx";
import { TargetForm } from "#components/indicators/target-form.tsx";
import { WithdrawForm } from "#components/indicators/withdraw-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getIndicator, getTarget } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { indicatorPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; key: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.edit.correctTarget") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key, id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const indicator = await getIndicator(actor, portfolio, key);
  if (!indicator) notFound();
  const target = await getTarget(actor, indicator, id);
  if (!target) notFound();
  const sources = await listChoices(actor, portfolio, "sources", { locale });
  const t = translator(locale);
  return (
    <IndicatorEntryPage
      {...{ t, locale, portfolio, indicator }}
      title={t("indicators.edit.correctTarget")}
      lead={t("indicators.edit.correctLead")}
    >
      <TargetForm
        portfolio={portfolio}
        indicator={{ id: indicator.id, key, unit: indicator.unit }}
        target={target}
        sources={sources}
      />
      <WithdrawForm of="target" id={target.id} version={target.version} back={indicatorPath(portfolio, key)} />
    </IndicatorEntryPage>
  );
}
