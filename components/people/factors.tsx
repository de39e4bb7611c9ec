"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { Passkeys, type ShownPasskey } from "#components/people/passkeys.tsx";
import { RecoveryCodes } from "#components/people/recovery-codes.tsx";
import { TotpSetup } from "#components/people/totp-setup.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { removeTotp, renewRecoveryCodes } from "#lib/people/factor-actions.ts";

type Props = { totpSince: Date | null; passkeys: readonly ShownPasskey[]; recoveryLeft: number };

/** One's own second factors, and the recovery codes that go with them. */
export function Factors({ totpSince, passkeys, recoveryLeft }: Props) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  const router = useRouter();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = (given: readonly string[] | null) => {
    // Those on the page stay there until somebody says that they have kept them.
    if (given) setCodes(given);
    router.refresh();
  };
  return (
    <div className="grid gap-6">
      <div className="grid gap-2">
        <h3 className="flex flex-wrap items-center gap-2 text-base">
          {t("security.app.title")}
          {totpSince && (
            <Badge tone="positive" icon="check">
              {t("security.app.since", { date: moment(totpSince) })}
            </Badge>
          )}
        </h3>
        {totpSince ? (
          <div>
            <ActButton
              label={t("security.app.remove")}
              act={() => removeTotp({})}
              done={t("security.app.removed")}
              onDone={() => changed(null)}
              confirm={{ title: t("security.app.removeTitle"), body: t("security.app.removeBody") }}
            />
          </div>
        ) : (
          <TotpSetup onDone={changed} />
        )}
      </div>
      <Passkeys passkeys={passkeys} onChange={changed} />
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
      ) : (
        (totpSince || passkeys.length > 0) && (
          <div className="grid justify-items-start gap-2">
            <h3 className="text-base">{t("security.codes.title")}</h3>
            <p className="text-sm text-muted">{t("security.codes.body")}</p>
            <p>{t("security.codes.left", { count: recoveryLeft })}</p>
            <ActButton
              label={t("security.codes.renew")}
              act={() => renewRecoveryCodes({})}
              onDone={({ codes: renewed }) => changed(renewed)}
              confirm={{ title: t("security.codes.renewTitle"), body: t("security.codes.renewBody") }}
            />
          </div>
        )
      )}
    </div>
  );
}
