"use client";
import { useTransition } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { wordsOf } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { connectElsewhere, disconnectElsewhere } from "#lib/people/oidc-actions.ts";

type Props = {
  name: string;
  identity: { id: string; email: string; createdAt: Date } | null;
  /** There is no password to sign in by without it. */
  onlyWayIn: boolean;
};

/** Whether one's account opens by the organisation's sign-in, too. */
export function Connection({ name, identity, onlyWayIn }: Props) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  const [busy, start] = useTransition();

  function connect() {
    start(async () => {
      const answer = await keepingSession(() => connectElsewhere({ next: "/account" }));
      if (!answer.ok) return void showToast(wordsOf(t, answer.error), "critical");
      window.location.assign(answer.result.go);
      await new Promise(() => {});
    });
  }

  if (!identity) {
    return (
      <Button icon="link" busy={busy} onClick={connect}>
        {t("oidc.account.connect")}
      </Button>
    );
  }
  const { id, email, createdAt } = identity;
  return (
    <div className="grid justify-items-start gap-2">
      <p className="[overflow-wrap:anywhere]">{t("oidc.account.connected", { start: moment(createdAt), email })}</p>
      {!onlyWayIn && (
        <ActButton
          label={t("oidc.account.disconnect")}
          icon="undo"
          act={() => disconnectElsewhere({ id })}
          done={t("oidc.account.disconnected")}
          confirm={{ title: t("oidc.account.disconnectTitle", { name }), body: t("oidc.account.disconnectBody") }}
        />
      )}
    </div>
  );
}
