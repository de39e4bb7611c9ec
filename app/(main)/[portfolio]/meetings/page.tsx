import type { Metadata } from "next";
import { MeetingList } from "#components/meetings/meeting-list.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listMeetings } from "#lib/meetings/queries.ts";
import { may } from "#lib/parties/policy.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("meetings.title") };
}

export default async function MeetingsPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const meetings = await listMeetings(actor, portfolio);
  const today = teamToday(new Date());
  return (
    <MeetingList
      t={translator(locale)}
      locale={locale}
      portfolio={portfolio}
      meetings={meetings}
      today={today}
      mayRecord={may(actor, "record", portfolio)}
    />
  );
}
