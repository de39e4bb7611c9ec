import { SignInAgain } from "#components/people/sign-in-again.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";

/** Once in the frame of every page that saves something: where a session that is over can be renewed in place. */
export function SessionKeeper({ locale, email }: { locale: Locale; email: string }) {
  return (
    <ClientMessages
      locale={locale}
      scopes={[
        "account.email",
        "account.password",
        "account.showPassword",
        "account.signIn.submit",
        "account.again",
        "account.errors",
        "security.step",
        "security.confirm",
        "oidc",
        "security.passkeys.use",
        "people.errors.passwordWrong",
        "people.errors.passwordMissing",
        "security.errors",
        "errors.unavailable",
        "errors.unexpected",
        "common.cancel",
        "common.close",
      ]}
    >
      <SignInAgain email={email} />
    </ClientMessages>
  );
}
