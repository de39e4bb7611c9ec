import type { ReactNode } from "react";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; title: string; children: ReactNode };

/** The frame around the pages of one webhook. */
export function WebhookFrame({ t, locale, portfolio, title, children }: Props) {
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <div className="grid gap-1">
        <Breadcrumbs
          label={t("shell.navigation")}
          crumbs={[{ label: t("webhooks.title"), href: `/${portfolio}/webhooks` }, { label: title }]}
        />
        <h1 className="text-2xl [overflow-wrap:anywhere]">{title}</h1>
      </div>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "errors",
          "account.errors",
          "webhooks.form",
          "webhooks.kind",
          "webhooks.secret",
          "webhooks.act",
          "webhooks.errors",
        ]}
      >
        {children}
      </ClientMessages>
    </div>
  );
}
