import type { Metadata } from "next";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { IndicatorForm } from "#components/indicators/indicator-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("indicators.edit.add") };
}

export default async function Page({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("indicators.title"), href: `/${portfolio}/indicators` }]}
      title={t("indicators.edit.add")}
      lead={t("indicators.edit.lead")}
      scopes={["indicators.edit", "indicators.unit", "indicators.direction"]}
    >
      <IndicatorForm portfolio={portfolio} />
    </EntryPage>
  );
}
