"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { ShownKey } from "#components/webhooks/shown-key.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import {
  deleteWebhook,
  redeliver,
  redeliverParked,
  rollSecret,
  switchWebhook,
  testWebhook,
} from "#lib/webhooks/actions.ts";

type Props = { portfolio: string; webhook: { id: string; version: number; active: boolean; url: string } };

/** Tries a webhook, switches it off or on, takes it away. */
export function WebhookActions({ portfolio, webhook: { id, version, active, url } }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const turn = (to: boolean, missed: boolean) => () => switchWebhook({ id, version, active: to, missed });
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <ActButton
        icon="upload"
        label={t("webhooks.act.test")}
        act={() => testWebhook({ id })}
        done={t("webhooks.act.tested")}
      />
      {active ? (
        <ActButton label={t("webhooks.act.switchOff")} act={turn(false, true)} done={t("webhooks.act.switchedOff")} />
      ) : (
        <>
          <ActButton
            variant="primary"
            label={t("webhooks.act.switchOn")}
            act={turn(true, true)}
            done={t("webhooks.act.switchedOn")}
          />
          <ActButton
            label={t("webhooks.act.switchOnFresh")}
            act={turn(true, false)}
            done={t("webhooks.act.switchedOn")}
          />
        </>
      )}
      <ActButton
        variant="quiet"
        icon="trash"
        label={t("webhooks.act.delete")}
        act={() => deleteWebhook({ id, version })}
        done={t("webhooks.act.deleted")}
        onDone={() => router.push(`/${portfolio}/webhooks`)}
        confirm={{ title: t("webhooks.act.deleteTitle"), body: t("webhooks.act.deleteBody", { url }) }}
      />
    </div>
  );
}

/** Replaces the signing key, and shows the new one once. */
export function RollSecret({ id, version }: { id: string; version: number }) {
  const t = useTranslator();
  const [secret, setSecret] = useState<string>();
  return (
    <div className="grid gap-3">
      {secret && <ShownKey secret={secret} />}
      <div>
        <ActButton
          label={t("webhooks.secret.roll")}
          act={() => rollSecret({ id, version })}
          onDone={(result) => setSecret(result.secret)}
          confirm={{ title: t("webhooks.secret.rollTitle"), body: t("webhooks.secret.rollBody") }}
        />
      </div>
    </div>
  );
}

/** Sends a delivery once more, or tries one at once that waits. */
export function Redeliver({ id, waits, of }: { id: string; waits: boolean; of: string }) {
  const t = useTranslator();
  return (
    <ActButton
      size="sm"
      label={t(waits ? "webhooks.act.now" : "webhooks.act.redeliver")}
      of={of}
      act={() => redeliver({ id })}
      done={t("webhooks.act.redelivering")}
    />
  );
}

/** Sends everything once more that was given up. */
export function RedeliverParked({ id }: { id: string }) {
  const t = useTranslator();
  return (
    <ActButton
      size="sm"
      icon="undo"
      label={t("webhooks.act.redeliverParked")}
      act={() => redeliverParked({ id })}
      done={t("webhooks.act.redeliverParkedMany")}
    />
  );
}
