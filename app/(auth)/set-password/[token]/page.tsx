import type { Metadata } from "next";
import { SetPasswordForm } from "#components/people/link-forms.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openedLink } from "#lib/people/links.ts";
import { requestOrigin } from "#lib/session.ts";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("account.setPassword.title") };
}

export default async function SetPasswordPage({ params }: Props) {
  const { token } = await params;
  const link = await openedLink(token, new Date(), (await requestOrigin()).address);
  const t = translator(await requestLocale());
  if (link === "tooMany" || link === "unavailable") {
    return <ErrorState page icon="clock" title={t(`errors.${link}`)} />;
  }
  if (link?.purpose !== "set_password") {
    return (
      <EmptyState page icon="link" title={t("account.setPassword.overTitle")}>
        {t("account.setPassword.overBody")}
      </EmptyState>
    );
  }
  const { name, email } = link;
  return (
    <>
      <h1 className="text-2xl">{t("account.setPassword.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("account.setPassword.body", { name, email })}</p>
      <SetPasswordForm token={token} email={email} />
    </>
  );
}
