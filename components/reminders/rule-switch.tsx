"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { switchRule } from "#lib/reminders/actions.ts";

type Props = { id: string; version: number; active: boolean; name: string };

/** Switches a rule on or off. */
export function RuleSwitch({ id, version, active, name }: Props) {
  const t = useTranslator();
  return (
    <ActButton
      size="sm"
      variant="quiet"
      label={t(active ? "reminders.rules.switchOff" : "reminders.rules.switchOn")}
      of={name}
      act={() => switchRule({ id, version, active: !active })}
      done={t(active ? "reminders.rules.switchedOff" : "reminders.rules.switchedOn")}
    />
  );
}
