import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Returned } from "#components/people/returned.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { oidcSettings } from "#lib/people/oidc-settings.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("oidc.back.title") };
}

/**
 * Where the organisation's sign-in sends browsers back to. Opening it changes nothing: what came along is sent from here by
 * a form, with the cookie of this browser, which no page of others makes it send.
 */
export default async function ReturnPage({ searchParams }: Props) {
  const settings = oidcSettings();
  if (!settings) notFound();
  const t = translator(await requestLocale());
  const answer = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value = ""]) => [value].flat().map((each) => [name, each])),
  ).toString();
  return (
    <>
      <h1 className="text-2xl">{t("oidc.back.title")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("oidc.back.body", { name: settings.name })}</p>
      <Returned answer={answer.slice(0, 8000)} />
    </>
  );
}
