import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { IndicatorForm } from "#components/indicators/indicator-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getIndicator } from "#lib/indicators/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { indicatorPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.edit.title") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const indicator = await getIndicator(actor, portfolio, key);
  if (!indicator) notFound();
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[
        { label: t("indicators.title"), href: `/${portfolio}/indicators` },
        { label: pickText(indicator.name, locale), href: indicatorPath(portfolio, key) },
      ]}
      title={t("indicators.edit.title")}
      scopes={["indicators.edit", "indicators.unit", "indicators.direction"]}
    >
      <IndicatorForm portfolio={portfolio} indicator={indicator} />
    </EntryPage>
  );
}
