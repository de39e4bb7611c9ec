import type { Metadata } from "next";
import { headers } from "next/headers";
import { ApiReference } from "#components/api/api-reference.tsx";
import { describeApi } from "#lib/api/openapi.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("api.title") };
}

export default async function ApiPage() {
  await requireActor();
  const [locale, sent] = await Promise.all([requestLocale(), headers()]);
  const origin = `${sent.get("x-forwarded-proto") ?? "http"}://${sent.get("host") ?? ""}`;
  return <ApiReference document={describeApi(locale)} origin={origin} locale={locale} />;
}
