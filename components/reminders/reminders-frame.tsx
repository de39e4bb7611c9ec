import type { ReactNode } from "react";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type ReminderTab = "rules" | "plan" | "holidays";

type Props = {
  t: Translator;
  portfolio: string;
  current: ReminderTab;
  lead: string;
  action?: ReactNode;
  children: ReactNode;
};

/** The three pages about reminding: by which rules, what follows from them, and which days are none. */
export function RemindersFrame({ t, portfolio, current, lead, action, children }: Props) {
  const base = `/${portfolio}/reminders`;
  const tabs = [
    { key: "rules", href: base },
    { key: "plan", href: `${base}/plan` },
    { key: "holidays", href: `${base}/holidays` },
  ] as const;
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t(current === "rules" ? "reminders.title" : `reminders.tabs.${current}`)}</h1>
        {action}
      </div>
      <Tabs
        label={t("reminders.tabs.label")}
        tabs={tabs.map(({ key, href }) => ({ href, label: t(`reminders.tabs.${key}`), current: key === current }))}
      />
      <p className="max-w-prose text-muted">{lead}</p>
      {children}
    </div>
  );
}
