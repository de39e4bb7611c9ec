import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { DeliveryLog } from "#components/webhooks/delivery-log.tsx";
import { RedeliverParked, RollSecret, WebhookActions } from "#components/webhooks/webhook-actions.tsx";
import { WebhookBadge } from "#components/webhooks/webhook-badge.tsx";
import { WebhookForm } from "#components/webhooks/webhook-form.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { type DeliveryFilter, type DeliveryShown, deliveryStates, type WebhookShown } from "#lib/webhooks/shown.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  webhook: WebhookShown;
  filter: DeliveryFilter;
  log: { deliveries: DeliveryShown[]; next: string | null };
};

/** One webhook: how it is doing, what can be done about it, what it says, and its log. */
export function WebhookPage({ t, locale, portfolio, webhook, filter, log }: Props) {
  const f = format(locale);
  const { id, url, version, active, pausedFor, description, kinds, oldUntil } = webhook;
  const address = (query: Record<string, string>) => {
    const search = new URLSearchParams(query).toString();
    return `/${portfolio}/webhooks/${id}${search && `?${search}`}#log`;
  };
  const narrowed: Record<string, string> = filter.state ? { state: filter.state } : {};
  const counts = { waiting: webhook.waiting, parked: webhook.parked, delivered: undefined };
  return (
    <>
      <div className="grid gap-3">
        <DescriptionList>
          <Description term={t("webhooks.log.state")}>
            <WebhookBadge t={t} locale={locale} webhook={webhook} />
            {pausedFor && !active && <p className="max-w-prose">{t("webhooks.pausedBody")}</p>}
          </Description>
          <Description term={t("webhooks.lastDelivered")}>
            {webhook.lastDelivered ? f.moment(webhook.lastDelivered) : t("webhooks.never")}
          </Description>
          <Description term={t("webhooks.made")}>{f.moment(webhook.createdAt)}</Description>
        </DescriptionList>
        <WebhookActions portfolio={portfolio} webhook={{ id, version, active, url }} />
      </div>
      <section id="log" aria-labelledby="log-title" className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id="log-title" className="text-lg">
            {t("webhooks.log.title")}
          </h2>
          {active && webhook.parked > 0 && <RedeliverParked id={id} />}
        </div>
        <Tabs
          label={t("webhooks.log.filter")}
          tabs={[
            { href: address({}), label: t("webhooks.log.all"), current: filter.state === null },
            ...deliveryStates.map((state) => ({
              href: address({ state }),
              label: t(`webhooks.state.${state}`),
              current: filter.state === state,
              count: counts[state],
            })),
          ]}
        />
        <DeliveryLog t={t} locale={locale} portfolio={portfolio} active={active} deliveries={log.deliveries} />
        {(log.next || filter.after) && (
          <nav aria-label={t("webhooks.log.title")} className="flex flex-wrap gap-2">
            {filter.after && <LinkButton href={address(narrowed)}>{t("webhooks.log.newest")}</LinkButton>}
            {log.next && (
              <LinkButton href={address({ ...narrowed, after: log.next })} icon="chevron-right">
                {t("common.next")}
              </LinkButton>
            )}
          </nav>
        )}
      </section>
      <section aria-labelledby="change" className="grid gap-2 print:hidden">
        <h2 id="change" className="text-lg">
          {t("webhooks.change")}
        </h2>
        <WebhookForm key={version} portfolio={portfolio} webhook={{ id, version, url, description, kinds }} />
      </section>
      <section aria-labelledby="key" className="grid gap-2 print:hidden">
        <h2 id="key" className="text-lg">
          {t("webhooks.secret.title")}
        </h2>
        <p className="max-w-prose text-muted">{t("webhooks.secret.hint")}</p>
        {oldUntil && <p>{t("webhooks.secret.old", { at: f.moment(oldUntil) })}</p>}
        <RollSecret id={id} version={version} />
      </section>
    </>
  );
}
