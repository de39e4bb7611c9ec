import Link from "next/link";
import { CatalogueHistory } from "#components/audit/history.tsx";
import { ReviseDate } from "#components/meetings/revise-date.tsx";
import { Inferred } from "#components/sources/inferred.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Told } from "#lib/commitments/history.ts";
import type { Day } from "#lib/dates.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { isAhead } from "#lib/meetings/rules.ts";
import { type MeetingDetail, meetingRelations } from "#lib/meetings/schema.ts";
import { meetingPath, recordPath, registerPath, sourcePath } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  meeting: MeetingDetail;
  today: Day;
  mayRevise: boolean;
  told: Told;
};

/** A meeting: when, where and who, and what was promised, restated and reviewed there. */
export function MeetingPage({ t, locale, portfolio, meeting, today, mayRevise, told }: Props) {
  const name = pick(meeting.name, locale);
  const statement = pick(meeting.statement, locale);
  return (
    <article className="mx-auto grid max-w-4xl gap-6">
      <header className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Breadcrumbs
            label={t("commitments.record.here")}
            crumbs={[
              { label: t("meetings.title"), href: `/${portfolio}/meetings` },
              { label: t(`meetings.kind.${meeting.kind}`) },
            ]}
          />
          {mayRevise && (
            <LinkButton href={`${meetingPath(portfolio, meeting.key)}/edit`} icon="pencil">
              {t("common.edit")}
            </LinkButton>
          )}
        </div>
        <h1 lang={name.lang} className="text-2xl">
          {name.text}
        </h1>
        <p lang={statement.lang} className="max-w-prose text-lg">
          {statement.text}
        </p>
      </header>
      <Facts t={t} locale={locale} portfolio={portfolio} meeting={meeting} today={today} />
      {mayRevise && (
        <ClientMessages
          locale={locale}
          scopes={["meetings.revise", "common.save", "common.saving", "common.required", "errors"]}
        >
          <ReviseDate
            id={meeting.id}
            version={meeting.version}
            phrase={meeting.phrase}
            edtf={meeting.edtf}
            anchored={meeting.anchored.length}
          />
        </ClientMessages>
      )}
      <Commitments t={t} locale={locale} portfolio={portfolio} meeting={meeting} />
      {meeting.anchored.length > 0 && (
        <section aria-labelledby="anchored" className="grid gap-2">
          <h2 id="anchored" className="text-xl">
            {t("meetings.section.anchored")}
          </h2>
          <ul>
            {meeting.anchored.map(({ reference, title, phrase, latest }) => (
              <RecordItem key={reference} locale={locale} portfolio={portfolio} reference={reference} title={title}>
                <span className="text-sm text-muted">
                  {phrase && <span lang="en">“{phrase}”, </span>}
                  {latest ? format(locale).date(latest) : t("meetings.noDeadlineYet")}
                </span>
              </RecordItem>
            ))}
          </ul>
        </section>
      )}
      <CatalogueHistory t={t} locale={locale} portfolio={portfolio} told={told} />
    </article>
  );
}

function Facts({ t, locale, portfolio, meeting, today }: Omit<Props, "mayRevise" | "told">) {
  const { edtf, phrase, inferred, place, parties, citations } = meeting;
  return (
    <DescriptionList>
      <Description term={t("meetings.field.date")}>
        <span className="flex flex-wrap items-baseline gap-x-3">
          {edtf ? showEdtf(t, locale, edtf) : t("dates.none")}
          {isAhead(meeting, today) && (
            <Badge tone="info" icon="clock" plain>
              {t("meetings.ahead")}
            </Badge>
          )}
        </span>
        {phrase && (
          <p className="text-sm text-muted">
            {t.rich("meetings.asStated", { phrase, text: (words) => <span lang="en">{words}</span> })}
          </p>
        )}
        {inferred && <Inferred t={t} locale={locale} reason={inferred} />}
      </Description>
      {place && <Description term={t("meetings.field.place")}>{pickText(place.name, locale)}</Description>}
      {parties.length > 0 && (
        <Description term={t("meetings.field.parties")}>
          {format(locale).list(parties.map((party) => pickText(party.name, locale)))}
        </Description>
      )}
      <Description term={t("meetings.field.sources")}>
        <ul className="grid gap-1">
          {citations.map(({ source, paragraph, note }) => {
            const why = note && pick(note, locale);
            return (
              <li key={`${source.key} ${paragraph}`}>
                <Link href={sourcePath(portfolio, source.key, paragraph)} prefetch={false}>
                  {t("indicators.sourceParagraph", { source: pickText(source.label, locale), number: paragraph })}
                </Link>
                {why && (
                  <span lang={why.lang} className="ms-2 text-sm text-muted">
                    {why.text}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </Description>
    </DescriptionList>
  );
}

function Commitments({ t, locale, portfolio, meeting }: Pick<Props, "t" | "locale" | "portfolio" | "meeting">) {
  if (meeting.commitments.length === 0) return <p className="text-muted">{t("meetings.counts.none")}</p>;
  return (
    <>
      {meetingRelations.map((relation) => {
        const records = meeting.commitments.filter((record) => record.relation === relation);
        if (records.length === 0) return null;
        return (
          <section key={relation} aria-labelledby={relation} className="grid gap-2">
            <h2 id={relation} className="text-xl">
              {t(`meetings.section.${relation}`)}{" "}
              <span className="text-base font-normal text-muted">{records.length}</span>
            </h2>
            <ul>
              {records.map(({ id, reference, title, completion }) => (
                <RecordItem key={id} locale={locale} portfolio={portfolio} reference={reference} title={title}>
                  <span className="text-sm whitespace-nowrap text-muted">
                    {t(`commitments.completion.${completion}`)}
                  </span>
                </RecordItem>
              ))}
            </ul>
          </section>
        );
      })}
      <LinkButton href={registerPath(portfolio, { meeting: meeting.key })} icon="table" className="justify-self-start">
        {t("meetings.inRegister")}
      </LinkButton>
    </>
  );
}

type RecordProps = { locale: Locale; portfolio: string; reference: string; title: Texts; children: React.ReactNode };

function RecordItem({ locale, portfolio, reference, title, children }: RecordProps) {
  const shown = pick(title, locale);
  return (
    <li className="grid gap-x-3 border-t border-line py-1.5 sm:grid-cols-[4rem_1fr_auto] sm:items-baseline">
      <span className="text-sm text-muted tabular-nums">{reference}</span>
      <Link href={recordPath(portfolio, reference)} prefetch={false} lang={shown.lang}>
        {shown.text}
      </Link>
      {children}
    </li>
  );
}
