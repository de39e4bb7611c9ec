import Link from "next/link";
import type { ReactNode } from "react";
import { Section } from "#components/commitments/section.tsx";
import type { View } from "#components/commitments/view.ts";
import { Inferred } from "#components/sources/inferred.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { addDays, type Deadline } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import { meetingPath } from "#lib/paths.ts";

/** Until when: in the words of the text, what they mean, and how it was changed. */
export function DeadlineSection({ view }: { view: View }) {
  const { record, t, locale, portfolio, may } = view;
  const { deadline } = record;
  const stated = deadline.phrase !== null || deadline.edtf !== null || deadline.anchor !== null;
  const event = deadline.anchor && pick(deadline.anchor.name, locale);
  return (
    <Section view={view} id="deadline" title={t("commitments.field.deadline")} form="deadline" allowed={may.update}>
      {stated ? (
        <DescriptionList>
          <Description term={t("commitments.record.textSays")}>
            {deadline.phrase ? <Phrase>{deadline.phrase}</Phrase> : t("commitments.record.notInText")}
          </Description>
          <Description term={t("commitments.record.means")}>
            <Meaning view={view} deadline={deadline} anchored={deadline.anchor !== null} />
            {deadline.latest === null && may.update && (
              <p className="text-sm text-muted">{t("commitments.record.setOne")}</p>
            )}
            {deadline.inferred && <Inferred t={t} locale={locale} reason={deadline.inferred} />}
          </Description>
          {deadline.anchor && event && (
            <Description term={t("commitments.record.dependsOn")}>
              <Link href={meetingPath(portfolio, deadline.anchor.key)} prefetch={false} lang={event.lang}>
                {event.text}
              </Link>{" "}
              <span className="text-muted">
                ({deadline.anchor.edtf ? showEdtf(t, locale, deadline.anchor.edtf) : t("dates.none")})
              </span>
              <p className="text-sm text-muted">{t("commitments.record.movesWith")}</p>
            </Description>
          )}
        </DescriptionList>
      ) : (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          <Icon name="calendar" />
          {t(may.update ? "commitments.record.setOne" : "commitments.record.undatedMeans")}
        </p>
      )}
      {record.revisions.length > 1 && <Revisions view={view} />}
    </Section>
  );
}

/** The words of a source are quoted as they stand, in the language of the register's catalogue. */
const Phrase = ({ children }: { children: ReactNode }) => <q lang="en">{children}</q>;

type MeaningProps = {
  view: View;
  deadline: Deadline /** Whether an event may set an earlier end. */;
  anchored: boolean;
};

function Meaning({ view: { t, f, locale }, deadline, anchored }: MeaningProps) {
  const { edtf, latest } = deadline;
  const date = edtf ? showEdtf(t, locale, edtf) : null;
  if (latest === null)
    return (
      <span>
        {date && edtf !== ".." ? t("commitments.edit.meansNever", { date }) : t("commitments.record.undatedMeans")}
      </span>
    );
  const from = f.date(addDays(latest, 1));
  // A whole year or month says more in words than its last day does, unless the event sets an earlier end.
  const whole = edtf !== null && /^\d{4}(-\d{2})?$/.test(edtf) && latest.startsWith(edtf);
  return (
    <span>
      {whole
        ? t("commitments.record.wholeOf", { date: date ?? "", from })
        : t("commitments.edit.meansOverdue", {
            date: anchored || date === null ? t("dates.until", { date: f.date(latest) }) : date,
            from,
          })}
    </span>
  );
}

function Revisions({ view }: { view: View }) {
  const { record, t, f } = view;
  return (
    <div className="mt-3">
      <h3 className="text-base">{t("commitments.record.revisions")}</h3>
      <ol className="grid">
        {record.revisions
          .map((revision, index) => ({ revision, before: record.revisions[index - 1] }))
          .reverse()
          .map(({ revision, before }) => (
            <li
              key={revision.id}
              className="grid gap-x-4 border-t border-line py-1.5 first:border-t-0 sm:grid-cols-[8rem_1fr]"
            >
              <span className="text-sm text-muted">{f.day(revision.at)}</span>
              <div>
                {before ? (
                  <span className="flex flex-wrap items-center gap-x-2">
                    <del className="text-muted">
                      <Short view={view} revision={before} beside={revision} />
                    </del>
                    <Icon name="chevron-right" className="size-3 text-muted" />
                    <span className="sr-only">{t("commitments.record.becomes")}</span>
                    <ins className="font-medium no-underline">
                      <Short view={view} revision={revision} beside={before} />
                    </ins>
                  </span>
                ) : (
                  <span>
                    <Short view={view} revision={revision} />{" "}
                    <span className="text-sm text-muted">({t("commitments.record.original")})</span>
                  </span>
                )}
                {revision.reason && <p className="max-w-prose whitespace-pre-line">{revision.reason}</p>}
                {before && <p className="text-sm text-muted">{revision.byName}</p>}
              </div>
            </li>
          ))}
      </ol>
    </div>
  );
}

type Revision = CommitmentRecord["revisions"][number];

/** A deadline in a line. Beside another one, what is the same in both is left out. */
function Short({ view: { t, f, locale }, revision, beside }: { view: View; revision: Revision; beside?: Revision }) {
  const { edtf, phrase, anchor, latest } = revision;
  const moved = beside && beside.edtf === edtf && beside.phrase === phrase && beside.anchorId === revision.anchorId;
  if (moved) return latest ? f.date(latest) : t("commitments.schedule.undated");
  const says = phrase !== null && (phrase !== beside?.phrase || edtf === beside.edtf) ? phrase : null;
  const event = anchor && revision.anchorId !== beside?.anchorId ? pick(anchor, locale) : null;
  if (!edtf && !says && !event) return t("commitments.schedule.undated");
  return (
    <>
      {edtf && showEdtf(t, locale, edtf)}
      {says && (
        <>
          {edtf && " "}
          <Phrase>{says}</Phrase>
        </>
      )}
      {event && (
        <>
          {(edtf || says) && ", "}
          <span lang={event.lang}>{event.text}</span>
        </>
      )}
    </>
  );
}
