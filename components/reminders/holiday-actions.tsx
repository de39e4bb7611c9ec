"use client";
import { useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { HolidayName } from "#components/reminders/holiday-name.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { renameHoliday, strikeHoliday } from "#lib/reminders/actions.ts";
import type { Holiday } from "#lib/reminders/holidays.ts";

/** Renames a holiday, strikes it out, or has it back. */
export function HolidayActions({ country, day, name, works, version, label }: Holiday & { label: string }) {
  const t = useTranslator();
  const [renaming, setRenaming] = useState(false);
  return (
    <div className="flex flex-wrap gap-1 print:hidden">
      <Button size="sm" variant="quiet" onClick={() => setRenaming(true)}>
        {t("reminders.holidays.rename")}
        <span className="sr-only">: {label}</span>
      </Button>
      <ActButton
        size="sm"
        variant="quiet"
        label={t(works ? "reminders.holidays.restore" : "reminders.holidays.strike")}
        of={label}
        act={() => strikeHoliday({ country, day, version, works: !works })}
        done={t(works ? "reminders.holidays.restoreDone" : "reminders.holidays.strikeDone")}
      />
      {renaming && <Rename {...{ country, day, name, version }} close={() => setRenaming(false)} />}
    </div>
  );
}

type RenameProps = Pick<Holiday, "country" | "day" | "name" | "version"> & { close: () => void };

function Rename({ country, day, name, version, close }: RenameProps) {
  const t = useTranslator();
  const [problem, setProblem] = useState<ActionError>();
  const form = useForm({ values: { name } });
  const save = form.handleSubmit(async (values) => {
    const answer = await keepingSession(() => renameHoliday({ country, day, version, ...values }));
    if (!answer.ok) return setProblem(answer.error);
    showToast(t("reminders.holidays.renamed"));
    close();
  });
  return (
    <Dialog open onClose={close} title={t("reminders.holidays.rename")} closeLabel={t("common.close")} size="sm">
      <form onSubmit={save} noValidate className="grid gap-3">
        <Problem t={t} error={problem} />
        <HolidayName register={(locale) => form.register(`name.${locale}`)} />
        <Button type="submit" variant="primary" busy={form.formState.isSubmitting} className="justify-self-start">
          {t("common.save")}
        </Button>
      </form>
    </Dialog>
  );
}
