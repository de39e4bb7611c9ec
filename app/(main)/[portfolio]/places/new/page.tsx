import type { Metadata } from "next";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { PlaceForm } from "#components/parties/place-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("parties.edit.addPlace") };
}

export default async function Page({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "record", null)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("parties.title"), href: `/${portfolio}/parties` }]}
      title={t("parties.edit.addPlace")}
      lead={t("parties.edit.lead")}
      scopes={["parties.edit", "parties.kind", "parties.country", "commitments.record.side"]}
    >
      <PlaceForm portfolio={portfolio} />
    </EntryPage>
  );
}
