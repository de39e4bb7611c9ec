import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SourcePage } from "#components/sources/source-page.tsx";
import { getHistory } from "#lib/audit/queries.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { getSource } from "#lib/sources/queries.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

const load = cache(async (portfolio: string, key: string) => getSource(await requireActor(), portfolio, key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { portfolio, key } = await params;
  return { title: pickText((await load(portfolio, key))?.label, await requestLocale()) };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor] = await Promise.all([params, requireActor()]);
  const [source, locale] = await Promise.all([load(portfolio, key), requestLocale()]);
  if (!source) notFound();
  return (
    <SourcePage
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      source={source}
      mayRecord={may(actor, "record", portfolio)}
      told={await getHistory(actor, portfolio, "source", source.id)}
    />
  );
}
