import type { Metadata } from "next";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { MeetingForm } from "#components/meetings/meeting-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/parties/policy.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("meetings.edit.add") };
}

export default async function Page({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const sources = await listChoices(actor, portfolio, "sources", { locale });
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[{ label: t("meetings.title"), href: `/${portfolio}/meetings` }]}
      title={t("meetings.edit.add")}
      lead={t("meetings.edit.lead")}
      scopes={["meetings.edit", "meetings.field", "meetings.kind"]}
    >
      <MeetingForm portfolio={portfolio} sources={sources} />
    </EntryPage>
  );
}
