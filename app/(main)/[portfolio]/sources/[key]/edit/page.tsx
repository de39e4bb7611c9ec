import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { SourceForm } from "#components/sources/source-form.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { sourcePath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";
import { sourceLanguages } from "#lib/sources/languages.ts";
import { findSource } from "#lib/sources/queries.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("sources.edit.title") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const source = await findSource(actor, portfolio, key);
  if (!source) notFound();
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[
        { label: t("sources.title"), href: `/${portfolio}/sources` },
        { label: pickText(source.label, locale), href: sourcePath(portfolio, key) },
      ]}
      title={t("sources.edit.title")}
      scopes={["sources.edit", "sources.field", "sources.kind"]}
    >
      <SourceForm portfolio={portfolio} source={source} languages={sourceLanguages(locale, source.language)} />
    </EntryPage>
  );
}
