import Link from "next/link";
import { verbText } from "#components/audit/event-search.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Redeliver } from "#components/webhooks/webhook-actions.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";
import type { DeliveryShown } from "#lib/webhooks/shown.ts";
import type { DeliveryState } from "#prisma/generated/enums.ts";

const looks: Record<DeliveryState, { tone: Tone; icon: IconName }> = {
  waiting: { tone: "info", icon: "clock" },
  delivered: { tone: "positive", icon: "check" },
  parked: { tone: "critical", icon: "alert" },
};

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  active: boolean;
  deliveries: readonly DeliveryShown[];
};

/** What was sent, and what came of it. */
export function DeliveryLog({ t, locale, portfolio, active, deliveries }: Props) {
  if (deliveries.length === 0)
    return (
      <EmptyState icon="inbox" title={t("webhooks.log.none")}>
        {t("webhooks.log.noneBody")}
      </EmptyState>
    );
  return (
    <ul className="grid">
      {deliveries.map((delivery) => (
        <li key={delivery.id} className="grid gap-1 border-t border-line py-2 first:border-t-0">
          <Delivery {...{ t, locale, portfolio, active, delivery }} />
        </li>
      ))}
    </ul>
  );
}

type One = Omit<Props, "deliveries"> & { delivery: DeliveryShown };

function Delivery({ t, locale, portfolio, active, delivery }: One) {
  const { id, state, verb, reference, createdAt, attempts, nextTryAt, status, duration, answer, error } = delivery;
  const f = format(locale);
  const what = verb ? verbText(t, verb) : t("webhooks.log.test");
  const time = f.number(duration ?? 0);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0">
          <span className="font-semibold">{what}</span>
          {reference && (
            <>
              {" "}
              <Link href={recordPath(portfolio, reference)} prefetch={false}>
                {reference}
              </Link>
            </>
          )}
        </p>
        <Badge {...looks[state]}>{t(`webhooks.state.${state}`)}</Badge>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 text-sm text-muted tabular-nums">
          {[
            f.moment(createdAt),
            attempts > 0 &&
              (status === null
                ? t("webhooks.log.noAnswer", { duration: time })
                : t("webhooks.log.status", { status: String(status), duration: time })),
            attempts > 0 && `${t("webhooks.log.tries")}: ${f.number(attempts)}`,
            state === "waiting" && attempts > 0 && t("webhooks.log.next", { at: f.moment(nextTryAt) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {(active || !verb) && (
          <Redeliver id={id} waits={state === "waiting"} of={`${what} ${reference ?? ""}`.trim()} />
        )}
      </div>
      {error && state !== "delivered" && <p className="text-sm text-critical">{translateKey(t, error)}</p>}
      <details className="text-sm">
        <summary className="cursor-pointer py-1 text-muted">{t("webhooks.log.show")}</summary>
        <p className="text-muted">
          {t("webhooks.log.id")}: <span className="font-mono break-all">{id}</span>
        </p>
        {answer && (
          <pre className="mt-1 max-h-80 overflow-y-auto rounded-md border border-line bg-sunken p-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {answer}
          </pre>
        )}
      </details>
    </>
  );
}
