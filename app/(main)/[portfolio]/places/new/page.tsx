import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { PlaceForm } from "#components/parties/place-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("parties.edit.addPlace") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", null)) return <ForbiddenState locale={locale} />;
  if (!(await findPortfolio(actor, portfolio))) notFound();
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
