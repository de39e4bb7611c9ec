import type { Metadata } from "next";
import { ForgotForm } from "#components/people/forgot-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("account.forgotten.title") };
}

/** Asks for the address of whoever forgot their password. */
export default async function ForgotPasswordPage() {
  const t = translator(await requestLocale());
  const mail = mailIsSetUp();
  return (
    <>
      <h1 className="text-2xl">{t("account.forgotten.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{mail ? t("account.forgotten.body") : t("account.forgotten.noMail")}</p>
      {mail && <ForgotForm />}
      <LinkButton href="/sign-in" className="mt-6">
        {t("account.forgotten.back")}
      </LinkButton>
    </>
  );
}
