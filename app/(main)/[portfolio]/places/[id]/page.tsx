import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CatalogueHistory } from "#components/audit/history.tsx";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { PlaceForm } from "#components/parties/place-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { getHistory } from "#lib/audit/queries.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { listPlaces } from "#lib/parties/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("parties.edit.placeTitle") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", null)) return <ForbiddenState locale={locale} />;
  const place = (await listPlaces(actor)).find((each) => each.id === id);
  if (!place) notFound();
  const told = await getHistory(actor, portfolio, "place", id);
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("parties.title"), href: `/${portfolio}/parties` }]}
      title={t("parties.edit.placeTitle")}
      scopes={["parties.edit", "parties.kind", "parties.country", "commitments.record.side"]}
    >
      <PlaceForm portfolio={portfolio} place={place} />
      <CatalogueHistory t={t} locale={locale} portfolio={portfolio} told={told} />
    </EntryPage>
  );
}
