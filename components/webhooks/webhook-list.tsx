import Link from "next/link";
import { EmptyState } from "#components/ui/states.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { WebhookBadge } from "#components/webhooks/webhook-badge.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { WebhookShown } from "#lib/webhooks/shown.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; webhooks: readonly WebhookShown[] };

/** Where changes of a register are told. */
export function WebhookList({ t, locale, portfolio, webhooks }: Props) {
  const f = format(locale);
  if (webhooks.length === 0)
    return (
      <EmptyState icon="link" title={t("webhooks.none")}>
        {t("webhooks.noneBody")}
      </EmptyState>
    );
  return (
    <Table label={t("webhooks.title")}>
      <thead>
        <tr>
          <Th>{t("webhooks.form.url")}</Th>
          <Th>{t("webhooks.log.state")}</Th>
          <Th>{t("webhooks.kinds")}</Th>
          <Th>{t("webhooks.lastDelivered")}</Th>
          <Th className="text-end">{t("webhooks.waiting")}</Th>
          <Th className="text-end">{t("webhooks.parked")}</Th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.id}>
            <Td className="min-w-44">
              <Link
                href={`/${portfolio}/webhooks/${webhook.id}`}
                prefetch={false}
                className="inline-block min-h-6 font-semibold break-all"
              >
                {webhook.url}
              </Link>
              {webhook.description && <span className="block text-muted">{webhook.description}</span>}
            </Td>
            <Td>
              <WebhookBadge t={t} locale={locale} webhook={webhook} />
            </Td>
            <Td className="min-w-32">
              {webhook.kinds.length === 0
                ? t("webhooks.allKinds")
                : f.list(webhook.kinds.map((kind) => t(`webhooks.kind.${kind}`)))}
            </Td>
            <Td className="whitespace-nowrap tabular-nums">
              {webhook.lastDelivered ? f.moment(webhook.lastDelivered) : t("webhooks.never")}
            </Td>
            <Td className="text-end tabular-nums">{f.number(webhook.waiting)}</Td>
            <Td className="text-end tabular-nums">{f.number(webhook.parked)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
