import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IndicatorEntryPage } from "#components/indicators/indicator-entry-page.tsx";
import { TargetForm } from "#components/indicators/target-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getIndicator } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.edit.addTarget") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const indicator = await getIndicator(actor, portfolio, key);
  if (!indicator) notFound();
  const sources = await listChoices(actor, portfolio, "sources", { locale });
  const t = translator(locale);
  return (
    <IndicatorEntryPage
      {...{ t, locale, portfolio, indicator }}
      title={t("indicators.edit.addTarget")}
      lead={t("indicators.edit.targetLead")}
    >
      <TargetForm portfolio={portfolio} indicator={{ id: indicator.id, key, unit: indicator.unit }} sources={sources} />
    </IndicatorEntryPage>
  );
}
