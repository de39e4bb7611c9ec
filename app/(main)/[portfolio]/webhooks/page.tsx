import type { Metadata } from "next";
import { ForbiddenState } from "#components/shell/states.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { WebhookList } from "#components/webhooks/webhook-list.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/webhooks/policy.ts";
import { listWebhooks } from "#lib/webhooks/queries.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("webhooks.title") };
}

/** Which programs are told what changes in the register. */
export default async function WebhooksPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "see", portfolio)) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  const webhooks = await listWebhooks(actor, portfolio);
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("webhooks.title")}</h1>
        <LinkButton href={`/${portfolio}/webhooks/new`} variant="primary" icon="plus">
          {t("webhooks.add")}
        </LinkButton>
      </div>
      <p className="max-w-prose text-muted">{t("webhooks.lead")}</p>
      <WebhookList t={t} locale={locale} portfolio={portfolio} webhooks={webhooks} />
    </div>
  );
}
