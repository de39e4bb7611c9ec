import type { Metadata } from "next";
import { ForbiddenState } from "#components/shell/states.tsx";
import { WebhookForm } from "#components/webhooks/webhook-form.tsx";
import { WebhookFrame } from "#components/webhooks/webhook-frame.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/webhooks/policy.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("webhooks.add") };
}

export default async function NewWebhookPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "edit", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  return (
    <WebhookFrame t={t} locale={locale} portfolio={portfolio} title={t("webhooks.add")}>
      <WebhookForm portfolio={portfolio} webhook={null} />
    </WebhookFrame>
  );
}
