import type { Metadata } from "next";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { SourceForm } from "#components/sources/source-form.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { sourceLanguages } from "#lib/sources/languages.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("sources.edit.add") };
}

export default async function Page({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("sources.title"), href: `/${portfolio}/sources` }]}
      title={t("sources.edit.add")}
      lead={t("sources.edit.lead")}
      scopes={["sources.edit", "sources.field", "sources.kind"]}
    >
      <SourceForm portfolio={portfolio} languages={sourceLanguages(locale)} />
    </EntryPage>
  );
}
