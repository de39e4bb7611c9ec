import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Factors } from "#components/people/factors.tsx";
import { SessionKeeper } from "#components/people/session-keeper.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getOwnFactors } from "#lib/people/factor-queries.ts";
import { ownPath } from "#lib/people/rules.ts";
import { currentFactorActor } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("security.setUp.title") };
}

/**
 * Where somebody whose role asks for a second factor sets one up: the only page that they reach until then. Once they have
 * it, the page stays, for the recovery codes on it, and leads on.
 */
export default async function SetUpFactorPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).next);
  const found = await currentFactorActor();
  if (!found) redirect(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
  const { actor, lacksFactor } = found;
  const locale = await requestLocale();
  const t = translator(locale);
  const { required, ...factors } = await getOwnFactors(actor);
  if (!required) redirect(next);
  return (
    <>
      <h1 className="text-2xl">{t("security.setUp.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("security.setUp.body")}</p>
      <ClientMessages locale={locale} scopes={["common", "errors", "security", "account.errors"]}>
        <h2 className="sr-only">{t("security.title")}</h2>
        <Factors {...factors} />
      </ClientMessages>
      <div className="mt-6 flex flex-wrap gap-2 border-t border-line pt-4">
        {!lacksFactor && (
          <LinkButton href={next} variant="primary">
            {t("security.setUp.go")}
          </LinkButton>
        )}
        <form action="/sign-out" method="post">
          <Button type="submit" icon="sign-out">
            {t("shell.account.signOut")}
          </Button>
        </form>
      </div>
      <SessionKeeper locale={locale} email={actor.email ?? ""} />
    </>
  );
}
