import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { Day } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { isAhead } from "#lib/meetings/rules.ts";
import { type Meeting, meetingRelations } from "#lib/meetings/schema.ts";
import { meetingPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  meetings: readonly Meeting[];
  today: Day;
  mayRecord: boolean;
};

/** The meetings in the order of time, year by year. */
export function MeetingList({ t, locale, portfolio, meetings, today, mayRecord }: Props) {
  const years = Map.groupBy(meetings, ({ earliest, latest }) => (latest ?? earliest)?.slice(0, 4) ?? null);
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("meetings.title")}</h1>
        {mayRecord && (
          <LinkButton href={`/${portfolio}/meetings/new`} variant="primary" icon="plus">
            {t("meetings.edit.add")}
          </LinkButton>
        )}
      </div>
      {meetings.length === 0 ? (
        <EmptyState icon="calendar" title={t("meetings.empty.title")}>
          {t("meetings.empty.body")}
        </EmptyState>
      ) : (
        <>
          <p className="mt-1 max-w-prose text-muted">{t("meetings.lead")}</p>
          {[...years].map(([year, inYear]) => (
            <section key={year} className="mt-6 grid gap-1 md:grid-cols-[8rem_1fr]">
              <h2 className="text-lg text-muted tabular-nums">{year ?? t("meetings.undated")}</h2>
              <ul className="border-s-2 border-line">
                {inYear.map((meeting) => (
                  <MeetingItem
                    key={meeting.id}
                    t={t}
                    locale={locale}
                    href={meetingPath(portfolio, meeting.key)}
                    meeting={meeting}
                    ahead={isAhead(meeting, today)}
                  />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </div>
  );
}

type ItemProps = { t: Translator; locale: Locale; href: string; meeting: Meeting; ahead: boolean };

function MeetingItem({ t, locale, href, meeting, ahead }: ItemProps) {
  const name = pick(meeting.name, locale);
  const place = pick(meeting.place?.name, locale);
  const counts = meetingRelations.flatMap((relation) => {
    const count = meeting.counts[relation];
    return count ? [t(`meetings.counts.${relation}`, { count })] : [];
  });
  return (
    <li className="relative grid gap-0.5 ps-4 pb-4">
      <span aria-hidden="true" className="absolute -start-[5px] top-2 size-2 rounded-full bg-accent" />
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
        <span>
          {meeting.edtf ? showEdtf(t, locale, meeting.edtf) : t("dates.none")}
          {meeting.inferred && ` (${t("dates.inferredNote")})`}
        </span>
        <span>{t(`meetings.kind.${meeting.kind}`)}</span>
        {place.text && <span lang={place.lang}>{place.text}</span>}
        {ahead && (
          <Badge tone="info" icon="clock" plain>
            {t("meetings.ahead")}
          </Badge>
        )}
      </p>
      <h3 className="text-base">
        <Link href={href} prefetch={false} lang={name.lang}>
          {name.text}
        </Link>
      </h3>
      <p className="text-sm">
        {counts.length > 0 ? counts.join(" · ") : <span className="text-muted">{t("meetings.counts.none")}</span>}
      </p>
    </li>
  );
}
