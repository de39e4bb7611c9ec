import type { ReactNode } from "react";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; title: string; children: ReactNode };

/** A page with the form of one schedule. */
export function SchedulePage({ t, locale, portfolio, title, children }: Props) {
  const reports = `/${portfolio}/reports`;
  return (
    <div className="mx-auto grid max-w-3xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[
          { label: t("reports.title"), href: reports },
          { label: t("schedules.title"), href: `${reports}/schedules` },
          { label: title },
        ]}
      />
      <h1 className="text-2xl">{title}</h1>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "errors",
          "account.errors",
          "schedules.form",
          "schedules.when",
          "schedules.errors",
          "commitments.field.reference",
          "reports.template",
          "reports.form",
          "reports.errors",
        ]}
      >
        {children}
      </ClientMessages>
    </div>
  );
}
