import type { Metadata } from "next";
import { PartyList } from "#components/parties/party-list.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { listParties, listPlaces } from "#lib/parties/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("parties.title") };
}

export default async function PartiesPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const [parties, places] = await Promise.all([listParties(actor), listPlaces(actor)]);
  return (
    <PartyList
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      parties={parties}
      places={places}
      mayRecord={may(actor, "record", null)}
    />
  );
}
