"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { switchSchedule } from "#lib/reports/schedules/actions.ts";
import { askFor } from "#lib/tasks/actions.ts";

type Props = { portfolio: string; id: string; version: number; active: boolean; name: string };

/** Sends a schedule's report to who asks, now; switches the schedule on or off. */
export function ScheduleActions({ portfolio, id, version, active, name }: Props) {
  const t = useTranslator();
  return (
    <>
      <ActButton
        size="sm"
        icon="upload"
        label={t("schedules.sendToMe")}
        of={name}
        act={() => askFor({ portfolioId: portfolio, kind: "report", input: { scheduleId: id } })}
        done={t("schedules.sendingToMe")}
      />
      <ActButton
        size="sm"
        variant="quiet"
        label={t(active ? "schedules.switchOff" : "schedules.switchOn")}
        of={name}
        act={() => switchSchedule({ id, version, active: !active })}
        done={t(active ? "schedules.switchedOff" : "schedules.switchedOn")}
      />
    </>
  );
}
