import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ForbiddenState } from "#components/shell/states.tsx";
import { WebhookFrame } from "#components/webhooks/webhook-frame.tsx";
import { WebhookPage } from "#components/webhooks/webhook-page.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requireActor } from "#lib/session.ts";
import { may } from "#lib/webhooks/policy.ts";
import { getWebhook, listDeliveries } from "#lib/webhooks/queries.ts";
import { deliveryFilter } from "#lib/webhooks/shown.ts";

type Props = {
  params: Promise<{ portfolio: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("webhooks.title") };
}

export default async function WebhookRoute({ params, searchParams }: Props) {
  const [{ portfolio, id }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  if (!may(actor, "see", portfolio)) return <ForbiddenState locale={locale} />;
  const filter = deliveryFilter.parse(query);
  const [webhook, log] = await Promise.all([
    getWebhook(actor, portfolio, id),
    listDeliveries(actor, portfolio, id, filter),
  ]);
  if (!webhook) notFound();
  const t = translator(locale);
  return (
    <WebhookFrame t={t} locale={locale} portfolio={portfolio} title={webhook.url}>
      <WebhookPage {...{ t, locale, portfolio, webhook, filter, log }} />
    </WebhookFrame>
  );
}
