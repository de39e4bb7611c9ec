import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { MeetingPage } from "#components/meetings/meeting-page.tsx";
import { getHistory } from "#lib/audit/queries.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getMeeting } from "#lib/meetings/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = { params: Promise<{ portfolio: string; key: string }> };

const load = cache(async (portfolio: string, key: string) => getMeeting(await requireActor(), portfolio, key));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { portfolio, key } = await params;
  return { title: pickText((await load(portfolio, key))?.name, await requestLocale()) };
}

export default async function Page({ params }: Props) {
  const [{ portfolio, key }, actor] = await Promise.all([params, requireActor()]);
  const [meeting, locale] = await Promise.all([load(portfolio, key), requestLocale()]);
  if (!meeting) notFound();
  const told = await getHistory(actor, portfolio, "meeting", meeting.id);
  return (
    <MeetingPage
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      meeting={meeting}
      today={teamToday(new Date())}
      mayRevise={may(actor, "record", portfolio)}
      told={told}
    />
  );
}
