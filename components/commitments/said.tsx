import Link from "next/link";
import { CompletionBadge, ConfidenceBadge, EvidenceBadge } from "#components/commitments/badges.tsx";
import { Section } from "#components/commitments/section.tsx";
import type { View } from "#components/commitments/view.ts";
import { Figures as IndicatorFigures } from "#components/indicators/figures.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { scheduleOf } from "#lib/commitments/rules.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import { indicatorPath, sourcePath } from "#lib/paths.ts";

/** What has been said since, newest first. */
export function Reports({ view }: { view: View }) {
  const { record, t, f } = view;
  return (
    <Section view={view} id="reports" title={t("commitments.record.reports")}>
      {record.reports.length > 0 && (
        <ol className="grid">
          {record.reports.map((report) => (
            <li key={report.id} className="grid gap-1 border-t border-line py-2 first:border-t-0">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                <span className="font-semibold">{f.date(report.asOf)}</span>
                <span className="text-muted">{report.byName}</span>
                <CompletionBadge t={t} value={report.completion} />
                <EvidenceBadge t={t} value={report.evidence} />
                {report.confidence && <ConfidenceBadge t={t} value={report.confidence} />}
              </p>
              {report.text && <p className="max-w-prose whitespace-pre-line">{report.text}</p>}
              {/* The schema lets only web addresses in; a link is made only of one all the same. */}
              {report.evidenceUrl && /^https?:/i.test(report.evidenceUrl) && (
                <p className="max-w-prose">
                  <a
                    href={report.evidenceUrl}
                    target="_blank"
                    rel="noopener noreferrer"
                    className="inline-flex items-center gap-1 break-all"
                  >
                    {report.evidenceUrl}
                    <Icon name="external" className="size-3.5" />
                    <span className="sr-only">({t("common.opensInNewTab")})</span>
                  </a>
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** The steps on the way. */
export function Milestones({ view }: { view: View }) {
  const { record, t, f, locale, today, may } = view;
  return (
    <Section
      view={view}
      id="milestones"
      title={t("commitments.field.milestones")}
      form="milestones"
      allowed={may.update}
    >
      {record.milestones.length > 0 && (
        <ol className="grid">
          {record.milestones.map(({ id, title, phrase, edtf, latest, doneOn }) => {
            const name = pick(title, locale);
            const schedule = scheduleOf(
              { completion: doneOn ? "complete" : "not_started", lifecycle: null, latest },
              today,
            );
            return (
              <li
                key={id}
                className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-1.5 first:border-t-0"
              >
                <Icon
                  name={doneOn ? "check-circle" : "circle"}
                  className={doneOn ? "self-center text-positive" : "self-center text-muted"}
                />
                <span lang={name.lang} className="min-w-0 flex-1 basis-48">
                  {name.text}
                </span>
                <span className="text-sm text-muted">
                  {edtf ? showEdtf(t, locale, edtf) : (phrase ?? t("dates.none"))}
                  {doneOn && `, ${t("commitments.edit.milestones.doneOn", { date: f.date(doneOn) })}`}
                </span>
                {(schedule === "overdue" || schedule === "due_soon") && (
                  <Badge tone={schedule === "overdue" ? "critical" : "caution"}>
                    {t(`commitments.schedule.${schedule}`)}
                  </Badge>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </Section>
  );
}

/** Where each thing was said: document, paragraph, and what it supports. */
export function Citations({ view }: { view: View }) {
  const { record, t, locale, portfolio, may } = view;
  return (
    <Section view={view} id="citations" title={t("commitments.record.citations")} form="citations" allowed={may.update}>
      {record.citations.length > 0 && (
        <ul className="grid">
          {record.citations.map(({ id, source, paragraph, note, supports }) => {
            const label = pick(source.label, locale);
            const why = note && pick(note, locale);
            const about = [source.publisher, source.date && showEdtf(t, locale, source.date)]
              .filter(Boolean)
              .join(", ");
            return (
              <li
                key={id}
                className="grid gap-x-4 border-t border-line py-1.5 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
              >
                <span>
                  <Link href={sourcePath(portfolio, source.key, paragraph)} prefetch={false} lang={label.lang}>
                    {label.text}, ¶ {paragraph}
                  </Link>
                  {about && <span className="block text-sm text-muted">{about}</span>}
                </span>
                <span className="text-sm">
                  {why && <span lang={why.lang}>{why.text}</span>}
                  {supports && (
                    <span className="text-muted">
                      {" "}
                      ({t(`commitments.field.${supports === "completion" ? "completion" : "deadline"}`)})
                    </span>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

/** The numbers, against the target where there is one. */
export function Figures({ view }: { view: View }) {
  const { record, t, locale, portfolio, today, may } = view;
  return (
    <Section view={view} id="figures" title={t("commitments.record.figures")} form="indicators" allowed={may.update}>
      {record.indicators.length > 0 && (
        <div className="grid gap-6">
          {record.indicators.map((indicator) => (
            <div key={indicator.id} className="grid gap-2">
              <h3 className="text-base">
                <Link href={indicatorPath(portfolio, indicator.key)} prefetch={false}>
                  {pickText(indicator.name, locale)}
                </Link>
              </h3>
              <IndicatorFigures
                t={t}
                locale={locale}
                portfolio={portfolio}
                today={today}
                indicator={indicator}
                targets={indicator.target ? [indicator.target] : []}
                sources={record.figureSources}
              />
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
