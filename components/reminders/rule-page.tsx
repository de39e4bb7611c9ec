import type { ReactNode } from "react";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; title: string; children: ReactNode };

/** A page with the form of one rule. */
export function RulePage({ t, locale, portfolio, title, children }: Props) {
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ label: t("reminders.title"), href: `/${portfolio}/reminders` }, { label: title }]}
      />
      <h1 className="text-2xl">{title}</h1>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "errors",
          "account.errors",
          "preferences.country",
          "reminders.form",
          "reminders.rule",
          "reminders.date",
          "reminders.recipient",
          "reminders.errors",
        ]}
      >
        {children}
      </ClientMessages>
    </div>
  );
}
