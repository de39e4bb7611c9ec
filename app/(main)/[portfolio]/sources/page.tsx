import type { Metadata } from "next";
import { SourceList } from "#components/sources/source-list.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { listSources } from "#lib/sources/queries.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("sources.title") };
}

export default async function SourcesPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const sources = await listSources(actor, portfolio);
  return (
    <SourceList
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      sources={sources}
      mayRecord={may(actor, "record", portfolio)}
    />
  );
}
