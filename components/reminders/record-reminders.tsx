"use client";
import { useEffect, useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { fetchJson } from "#components/people/fetch-json.ts";
import { wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import type { PlanLine, PlanLines } from "#components/reminders/plan.ts";
import { SnoozeMenu } from "#components/reminders/snooze-menu.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { markRead, mute, snooze, unmute, unwatch, watchRecord } from "#lib/reminders/actions.ts";
import type { SnoozeDays } from "#lib/reminders/days.ts";
import type { RecordWatch } from "#lib/reminders/watching.ts";

type Props = {
  record: { id: string; reference: string };
  /** The address of the record's page. */
  base: string;
  watch: RecordWatch;
  days: SnoozeDays;
  /** So many days ahead are looked at. */
  planDays: number;
};

/** Whether the reader hears of the record, and what comes. To open the record is to have read what reminded of it. */
export function RecordReminders({ record, base, watch, days, planDays }: Props) {
  const t = useTranslator();
  const { shortDate } = format(useLocale());
  const { watching, mute: muted, unread } = watch;
  const which = { commitmentId: record.id };
  const { id } = record;
  useEffect(() => {
    if (unread) void markRead({ commitmentId: id }).catch(() => {});
  }, [unread, id]);

  async function putOff(until: Day) {
    const result = await keepingSession(() => snooze({ ...which, until }));
    if (result.ok) showToast(t("watching.done.snooze", { date: shortDate(until) }));
    else showToast(wordsOf(t, result.error), "critical");
  }

  const state = muted
    ? muted.until
      ? t("watching.snoozed", { date: shortDate(muted.until) })
      : t("watching.muted")
    : t(watching ? "watching.watching" : "watching.notWatching");
  return (
    <section id="reminders" aria-labelledby="reminders-title" className="grid gap-2 print:hidden">
      <h2 id="reminders-title" className="py-1 text-lg">
        {t("watching.title")}
      </h2>
      <p className="text-sm text-muted">{state}</p>
      <div className="flex flex-wrap gap-2">
        {watching ? (
          <ActButton
            label={t("watching.unwatch")}
            icon="check"
            act={() => unwatch(which)}
            done={t("watching.done.unwatch")}
          />
        ) : (
          <ActButton
            label={t("watching.watch")}
            icon="bell"
            act={() => watchRecord(which)}
            done={t("watching.done.watch")}
          />
        )}
        {muted ? (
          <ActButton
            label={t("watching.unmute")}
            icon="bell"
            act={() => unmute(which)}
            done={t("watching.done.unmute")}
          />
        ) : (
          <>
            <SnoozeMenu days={days} of={record.reference} onPick={putOff} />
            <ActButton label={t("watching.mute")} icon="minus" act={() => mute(which)} done={t("watching.done.mute")} />
          </>
        )}
      </div>
      <Plan base={base} days={planDays} />
    </section>
  );
}

/** What comes and what was sent: asked for when it is opened. */
function Plan({ base, days }: { base: string; days: number }) {
  const t = useTranslator();
  const [lines, setLines] = useState<PlanLines | "failed" | null>(null);
  function load(open: boolean) {
    if (!open) return setLines(null);
    fetchJson(`${base}/reminders`)
      .then((answer) => answer.json())
      .then(setLines, () => setLines("failed"));
  }
  return (
    <details onToggle={(event) => load(event.currentTarget.open)}>
      <summary className="w-fit text-sm text-accent">{t("watching.plan.title")}</summary>
      <div className="mt-2 grid gap-3">
        {lines === null && <Skeleton label={t("common.loading")} lines={3} />}
        {lines === "failed" && (
          <p role="alert" className="text-critical">
            {t("watching.plan.failed")}
          </p>
        )}
        {lines !== null && lines !== "failed" && (
          <>
            <Lines
              title={t("watching.plan.coming", { days })}
              none={t("watching.plan.nothingComing")}
              lines={lines.coming}
            />
            <Lines title={t("watching.plan.sent")} none={t("watching.plan.nothingSent")} lines={lines.sent} />
          </>
        )}
      </div>
    </details>
  );
}

function Lines({ title, none, lines }: { title: string; none: string; lines: readonly PlanLine[] }) {
  return (
    <div>
      <h3 className="text-sm font-semibold">{title}</h3>
      {lines.length === 0 && <p className="text-sm text-muted">{none}</p>}
      <ol className="grid">
        {lines.map(({ when, why, how }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no state, and two may say the same.
          <li key={at} className="grid border-t border-line py-1.5 text-sm first:border-t-0">
            <span className="tabular-nums">{when}</span>
            <span>{why}</span>
            <span className="text-muted">{how}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
