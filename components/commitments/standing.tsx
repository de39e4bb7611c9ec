import type { ReactNode } from "react";
import { CompletionBadge, ConfidenceBadge, EvidenceBadge, ScheduleBadge } from "#components/commitments/badges.tsx";
import { Section } from "#components/commitments/section.tsx";
import type { View } from "#components/commitments/view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { confidenceIsStale, daysUntil, isStale, scheduleOf } from "#lib/commitments/rules.ts";
import { daysBetween } from "#lib/dates.ts";

/** The three statuses, each by itself, and the outlook. */
export function Standing({ view }: { view: View }) {
  const { record, t, f, today, may } = view;
  const { completion, evidence, lifecycle, confidence, confidenceOn, reportedOn, deadline } = record;
  const schedule = scheduleOf({ completion, lifecycle, latest: deadline.latest }, today);
  const days = daysUntil(deadline.latest, today);
  const stale = isStale({ ...record, createdOn: record.createdAt.slice(0, 10) }, today);
  const outlook = record.reports.find((report) => report.confidence !== null);
  return (
    <Section
      view={view}
      id="report"
      title={t("commitments.record.standing")}
      form="report"
      allowed={may.update && completion !== "withdrawn" && completion !== "superseded"}
    >
      <dl className="grid gap-x-4 gap-y-3 rounded-lg border border-line bg-surface p-3 sm:grid-cols-2 sm:p-4 xl:grid-cols-4">
        <Status term={t("commitments.field.completion")} badge={<CompletionBadge t={t} value={completion} />}>
          {reportedOn
            ? t("commitments.record.reportedOn", { date: f.date(reportedOn) })
            : t("commitments.record.neverReported")}
          {stale && (
            <Stale>
              {t("commitments.record.stale", {
                count: daysBetween(reportedOn ?? record.createdAt.slice(0, 10), today),
              })}
            </Stale>
          )}
        </Status>
        <Status term={t("commitments.field.evidence")} badge={<EvidenceBadge t={t} value={evidence} />} />
        <Status term={t("commitments.field.schedule")} badge={<ScheduleBadge t={t} value={schedule} />}>
          {schedule === "undated" && t("commitments.record.undatedMeans")}
          {schedule === "overdue" && days !== null && t("commitments.record.overdueBy", { count: -days })}
          {(schedule === "upcoming" || schedule === "due_soon") &&
            days !== null &&
            t("commitments.record.daysLeft", { count: days })}
        </Status>
        <Status term={t("commitments.field.confidence")} badge={<ConfidenceBadge t={t} value={confidence} />}>
          {confidenceOn && t("commitments.record.confidenceOn", { date: f.date(confidenceOn) })}
          {confidenceIsStale(record, today) && confidenceOn && (
            <Stale>{t("commitments.record.staleConfidence", { count: daysBetween(confidenceOn, today) })}</Stale>
          )}
          {outlook?.text && <span className="line-clamp-3 text-ink">{outlook.text}</span>}
        </Status>
      </dl>
    </Section>
  );
}

function Status({ term, badge, children }: { term: string; badge: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid content-start gap-1">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="grid content-start justify-items-start gap-1 text-sm text-muted">
        {badge}
        {children}
      </dd>
    </div>
  );
}

function Stale({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-start gap-1 font-medium text-caution">
      <Icon name="history" className="mt-[0.2em]" />
      {children}
    </span>
  );
}

/** Who answers for it. That nobody does is a finding. */
export function Owner({ view }: { view: View }) {
  const { record, t, may } = view;
  return (
    <Section view={view} id="owner" title={t("commitments.field.owner")} form="owner" allowed={may.assign}>
      {record.owner ? (
        <p className="flex items-center gap-2">
          <Icon name="person" className="text-muted" />
          {record.owner.name}
        </p>
      ) : (
        <p className="flex flex-wrap items-center gap-2">
          <Badge tone="caution" icon="alert">
            {t("commitments.record.noOwner")}
          </Badge>
          <span className="text-sm text-muted">{t("commitments.record.noOwnerMeans")}</span>
        </p>
      )}
    </Section>
  );
}
