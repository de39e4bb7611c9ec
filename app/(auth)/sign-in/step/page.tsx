import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PasskeyButton } from "#components/people/passkey-button.tsx";
import { StepForm } from "#components/people/step-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getHalfSignIn } from "#lib/people/factor-queries.ts";
import { ownPath } from "#lib/people/rules.ts";
import { halfSecret } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("security.step.title") };
}

/** The second step of signing in. Who has not done the first is sent there. */
export default async function StepPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).next);
  const door = next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
  const secret = await halfSecret.read();
  const half = secret ? await getHalfSignIn(secret, new Date()) : null;
  if (!half?.email) redirect(door);
  const t = translator(await requestLocale());
  return (
    <>
      <h1 className="text-2xl">{t("security.step.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("security.step.body", { email: half.email })}</p>
      <StepForm next={next} hint={half.codes ? t("security.step.codeHint") : t("security.step.recoveryHint")} />
      {half.passkeys && <PasskeyButton label={t("security.passkeys.use")} next={next} />}
      <p className="mt-6 mb-3 text-sm text-muted">{t("security.step.lost")}</p>
      <LinkButton href={door}>{t("security.step.again")}</LinkButton>
    </>
  );
}
