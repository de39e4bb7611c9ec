import Link from "next/link";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { EntryKind, MeetingEntry, RecordEntry } from "#lib/calendar/entry.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { meetingPath, recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  entry: RecordEntry | MeetingEntry;
  /** With its date in words: where it does not stand on its day. */
  dated?: boolean;
};

export const entryIcons: Record<EntryKind, IconName> = {
  deadline: "clock",
  milestone: "flag",
  end: "close",
  notice: "bell",
  meeting: "people",
};

const tones: Partial<Record<RecordEntry["schedule"], string>> = {
  overdue: "text-critical",
  due_soon: "text-caution",
  done: "text-positive",
  ended: "text-muted line-through",
};

/** A date of a record, or a meeting, as a link to it. */
export function EntryItem({ t, locale, portfolio, entry, dated }: Props) {
  const kind = t(`calendar.kind.${entry.kind}`);
  const date = dated && entry.edtf ? showEdtf(t, locale, entry.edtf) : null;
  if (entry.kind === "meeting") {
    const name = pick(entry.name, locale);
    return (
      <Entry href={meetingPath(portfolio, entry.key)} icon={entryIcons.meeting} kind={kind} date={date}>
        <span lang={name.lang}>{name.text}</span>
      </Entry>
    );
  }
  const title = pick(entry.title, locale);
  const what = entry.what && pick(entry.what, locale);
  return (
    <Entry
      href={recordPath(portfolio, entry.reference)}
      icon={entryIcons[entry.kind]}
      kind={`${kind}, ${t(`commitments.schedule.${entry.schedule}`)}`}
      date={date}
      tone={entry.kind === "deadline" ? tones[entry.schedule] : undefined}
    >
      <span className="text-muted">{entry.reference}</span>{" "}
      {what && (
        <>
          <span lang={what.lang}>{what.text}</span>
          {" · "}
        </>
      )}
      <span lang={title.lang}>{title.text}</span>
    </Entry>
  );
}

type EntryProps = {
  href: string;
  icon: IconName;
  kind: string;
  date: string | null;
  tone?: string | undefined;
  children: React.ReactNode;
};

function Entry({ href, icon, kind, date, tone, children }: EntryProps) {
  return (
    <li>
      <Link href={href} prefetch={false} title={kind} className="entry">
        <Icon name={icon} className={tone} />
        <span className="min-w-0">
          <span className="sr-only">{kind}: </span>
          <span className="words">{children}</span>
          {date && <span className="block text-sm text-muted">{date}</span>}
        </span>
      </Link>
    </li>
  );
}
