import type { Metadata } from "next";
import { SetUpForm } from "#components/people/link-forms.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openedLink } from "#lib/people/links.ts";
import { requestOrigin } from "#lib/session.ts";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("setup.title") };
}

export default async function SetUpPage({ params }: Props) {
  const { token } = await params;
  const link = await openedLink(token, new Date(), (await requestOrigin()).address);
  const t = translator(await requestLocale());
  if (link === "tooMany" || link === "unavailable") {
    return <ErrorState page icon="clock" title={t(`errors.${link}`)} />;
  }
  if (link?.purpose !== "first_admin") {
    return (
      <EmptyState page icon="link" title={t("setup.overTitle")}>
        {t("setup.overBody")}
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="text-2xl">{t("setup.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("setup.body")}</p>
      <SetUpForm token={token} />
    </>
  );
}
