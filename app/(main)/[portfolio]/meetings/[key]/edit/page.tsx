import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryPage } from "#components/catalogue/entry-page.tsx";
import { MeetingForm } from "#components/meetings/meeting-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getMeeting } from "#lib/meetings/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { meetingPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("meetings.edit.title") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "record", portfolio)) return <ForbiddenState locale={locale} />;
  const meeting = await getMeeting(actor, portfolio, key);
  if (!meeting) notFound();
  const sources = await listChoices(actor, portfolio, "sources", { locale });
  const t = translator(locale);
  return (
    <EntryPage
      t={t}
      locale={locale}
      above={[
        { label: t("meetings.title"), href: `/${portfolio}/meetings` },
        { label: pickText(meeting.name, locale), href: meetingPath(portfolio, key) },
      ]}
      title={t("meetings.edit.title")}
      lead={t("meetings.edit.dateElsewhere")}
      scopes={["meetings.edit", "meetings.field", "meetings.kind"]}
    >
      <MeetingForm portfolio={portfolio} meeting={meeting} sources={sources} />
    </EntryPage>
  );
}
