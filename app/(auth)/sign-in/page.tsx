import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ElsewhereButton } from "#components/people/elsewhere-button.tsx";
import { PasskeyButton } from "#components/people/passkey-button.tsx";
import { SignInForm } from "#components/people/sign-in-form.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";
import { oidcSettings } from "#lib/people/oidc-settings.ts";
import { isNobodyThere } from "#lib/people/queries.ts";
import { ownPath } from "#lib/people/rules.ts";
import { currentActor } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("account.signIn.title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).next);
  if (await currentActor()) redirect(next);
  const t = translator(await requestLocale());
  // Only a hint: where the database is away, signing in will say so.
  const nobody = await isNobodyThere().catch(() => false);
  const elsewhere = oidcSettings();
  return (
    <>
      <p className="text-muted">{t("shell.tagline")}</p>
      <h1 className="mt-1 mb-6 text-2xl">{t("account.signIn.title")}</h1>
      {nobody && (
        <div className="mb-6 flex items-start gap-2 rounded-md border border-info bg-info-soft px-3 py-2 text-info">
          <Icon name="info" className="mt-[0.25em]" />
          <div>
            <p className="font-semibold">{t("account.signIn.nobodyTitle")}</p>
            <p>{t("account.signIn.nobodyBody")}</p>
          </div>
        </div>
      )}
      <SignInForm next={next} />
      <PasskeyButton label={t("security.passkeys.signIn")} next={next} />
      {elsewhere && <ElsewhereButton name={elsewhere.name} next={next} />}
      {mailIsSetUp() ? (
        <Link href="/forgot-password" prefetch={false} className="control mt-6 inline-flex items-center">
          {t("account.signIn.forgottenLink")}
        </Link>
      ) : (
        <p className="mt-6 text-sm text-muted">{t("account.signIn.forgotten")}</p>
      )}
    </>
  );
}
