import type { ReactNode } from "react";
import { PublicShell } from "#components/shell/public-shell.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";

/** Around the pages of people who are not signed in yet. */
export default async function PublicLayout({ children }: { children: ReactNode }) {
  const locale = await requestLocale();
  return (
    <PublicShell locale={locale}>
      <ClientMessages
        locale={locale}
        scopes={[
          "account.email",
          "account.password",
          "account.showPassword",
          "account.signIn",
          "account.setPassword",
          "account.forgotten",
          "account.changePassword.hint",
          "account.errors",
          "security.step",
          "oidc",
          "security.errors",
          "setup",
          "people.field",
          "people.errors",
          "errors",
        ]}
      >
        {children}
      </ClientMessages>
    </PublicShell>
  );
}
