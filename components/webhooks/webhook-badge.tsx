import { Badge } from "#components/ui/badge.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { WebhookShown } from "#lib/webhooks/shown.ts";

type Props = {
  t: Translator;
  locale: Locale;
  webhook: Pick<WebhookShown, "active" | "pausedFor" | "failingSince">;
};

/** Whether a webhook works. */
export function WebhookBadge({ t, locale, webhook: { active, pausedFor, failingSince } }: Props) {
  if (pausedFor && !active)
    return (
      <span className="grid justify-items-start gap-1">
        <Badge tone="critical" icon="alert">
          {t("webhooks.off")}
        </Badge>
        <span className="text-sm text-critical">{t(`webhooks.paused.${pausedFor}`)}</span>
      </span>
    );
  if (!active) return <Badge>{t("webhooks.off")}</Badge>;
  if (failingSince)
    return (
      <Badge tone="caution" icon="alert">
        {t("webhooks.failingSince", { at: format(locale).moment(failingSince) })}
      </Badge>
    );
  return (
    <Badge tone="positive" icon="check">
      {t("webhooks.on")}
    </Badge>
  );
}
