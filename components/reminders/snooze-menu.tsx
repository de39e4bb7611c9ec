"use client";
import { type FormEvent, useId } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Input } from "#components/ui/input.tsx";
import { MenuButton, MenuList } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import type { SnoozeDays } from "#lib/reminders/days.ts";

type Props = {
  days: SnoozeDays;
  /** What is put off, for screen readers. */
  of: string;
  size?: "sm" | "md";
  onPick: (until: Day) => void;
};

/** Until when something is put off: tomorrow, next Monday, or a day. */
export function SnoozeMenu({ days, of, size = "md", onPick }: Props) {
  const t = useTranslator();
  const { shortDate } = format(useLocale());
  const id = useId();
  function pickDay(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const day = new FormData(event.currentTarget).get("day");
    event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
    onPick(String(day));
  }
  return (
    <Popover
      id={id}
      align="end"
      trigger={
        <>
          <Icon name="clock" />
          {t("watching.snooze")}
          <span className="sr-only">: {of}</span>
        </>
      }
      triggerClassName={buttonClass({ size })}
    >
      <MenuList label={t("watching.snooze")} className="min-w-60">
        {(["tomorrow", "monday"] as const).map((name) => (
          <MenuButton key={name} onClick={() => onPick(days[name])}>
            <span className="flex-1">{t(`watching.until.${name}`)}</span>
            <span className="text-sm text-muted">{shortDate(days[name])}</span>
          </MenuButton>
        ))}
      </MenuList>
      <form onSubmit={pickDay} className="flex flex-wrap items-end gap-2 border-t border-line p-2">
        <Field label={t("watching.until.label")} className="flex-1">
          {(control) => <Input {...control} type="date" name="day" required min={days.tomorrow} max={days.last} />}
        </Field>
        <Button type="submit">{t("watching.until.set")}</Button>
      </form>
    </Popover>
  );
}
