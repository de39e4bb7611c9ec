import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Actor } from "#lib/actor.ts";
import type { DeskListName, DeskRow } from "#lib/commitments/desk.ts";
import { may } from "#lib/commitments/policy.ts";
import { daysUntil, dueSoonDays, scheduleOf } from "#lib/commitments/rules.ts";
import type { Day } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  actor: Actor;
  portfolio: string;
  list: DeskListName;
  row: DeskRow;
  today: Day;
  showOwner: boolean;
};

/**
 * One record on the desk. The title leads to its page; the button, and a click anywhere else in the row, to the form which
 * the list is about.
 */
export function DeskItem({ t, locale, actor, portfolio, list, row, today, showOwner }: Props) {
  const href = recordPath(portfolio, row.reference);
  const schedule = scheduleOf(row, today);
  const closed = schedule === "done" || schedule === "ended" ? schedule : null;
  const act = closed ? null : actionFor(actor, portfolio, list, row);
  return (
    <li className="relative grid gap-x-4 gap-y-1 border-b border-line px-1 py-2 hover:bg-hover md:grid-cols-[minmax(0,1fr)_11rem] lg:grid-cols-[minmax(0,1fr)_13rem_12rem_11rem]">
      <p className="min-w-0">
        <span className="me-2 text-sm whitespace-nowrap text-muted tabular-nums">{row.reference}</span>
        <Link
          href={href}
          prefetch={false}
          lang={row.lang ?? undefined}
          className="relative z-10 font-medium text-ink no-underline hover:underline"
        >
          {row.title}
        </Link>
        {showOwner && (
          <span className="block text-sm text-muted">
            {t("commitments.field.owner")}: {row.owner ?? t("common.nobody")}
          </span>
        )}
      </p>
      <p className="min-w-0 text-sm md:col-start-1 lg:col-start-auto">
        {closed ? (
          <Badge icon={closed === "done" ? "check-circle" : "minus"} plain>
            {t(`commitments.schedule.${closed}`)}
          </Badge>
        ) : (
          <ScheduleBadge t={t} locale={locale} latest={row.latest} today={today} />
        )}
        <DeadlineText t={t} locale={locale} row={row} />
      </p>
      <p className="text-sm md:col-start-1 lg:col-start-auto">
        <span className="sr-only">{t("commitments.field.completion")}: </span>
        {t(`commitments.completion.${row.completion}`)}
        {(row.reportedOn || row.completion !== "not_reported") && (
          <span className="block text-muted">
            {row.reportedOn
              ? t("desk.lastReport", { date: format(locale).shortDate(row.reportedOn) })
              : t("desk.neverReported")}
          </span>
        )}
      </p>
      <p className="md:col-start-2 md:row-span-3 md:row-start-1 md:text-end lg:col-start-4 print:hidden">
        {act && (
          <LinkButton href={`${href}#${act.form}`} size="sm" className="after:absolute after:inset-0">
            {t(`desk.act.${act.word}`)}
            <span className="sr-only">: {row.reference}</span>
          </LinkButton>
        )}
      </p>
    </li>
  );
}

type Act = { form: string; word: "report" | "assign" | "take" | "deadline" };

/** What the list asks for, if the actor may do it. */
function actionFor(actor: Actor, portfolioId: string, list: DeskListName, row: DeskRow): Act | null {
  const record = { portfolioId, ownerId: row.ownerId, ownerAgencyId: row.ownerAgencyId };
  const mayUpdate = may(actor, "update", record);
  if (list === "unowned") {
    if (!may(actor, "assign", record)) return null;
    return { form: "edit-owner", word: mayUpdate ? "assign" : "take" };
  }
  if (!mayUpdate) return null;
  return list === "undated" ? { form: "edit-deadline", word: "deadline" } : { form: "report", word: "report" };
}

type ScheduleProps = { t: Translator; locale: Locale; latest: Day | null; today: Day };

function ScheduleBadge({ t, locale, latest, today }: ScheduleProps) {
  const days = daysUntil(latest, today);
  if (latest === null || days === null)
    return (
      <Badge icon="minus" plain>
        {t("commitments.schedule.undated")}
      </Badge>
    );
  if (days < 0)
    return (
      <Badge tone="critical" icon="alert">
        {t("desk.days.overdue", { days: -days })}
      </Badge>
    );
  if (days === 0)
    return (
      <Badge tone="caution" icon="clock">
        {t("desk.days.today")}
      </Badge>
    );
  if (days <= dueSoonDays)
    return (
      <Badge tone="caution" icon="clock">
        {t("desk.days.left", { days })}
      </Badge>
    );
  return (
    <Badge icon="calendar" plain>
      {format(locale).shortDate(latest)}
    </Badge>
  );
}

/** The deadline as the text says it; who reads another language than the text's has it as a date before that. */
function DeadlineText({ t, locale, row }: { t: Translator; locale: Locale; row: DeskRow }) {
  const date = row.edtf && showEdtf(t, locale, row.edtf);
  if (!row.phrase || locale === "en") return <span className="block text-muted">{row.phrase ?? date}</span>;
  return (
    <span className="block text-muted">
      {date && `${date} · `}
      <q lang="en">{row.phrase}</q>
    </span>
  );
}
