"use client";
import { useActionState, useEffect } from "react";
import { Problem } from "#components/people/problem.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { signInElsewhere } from "#lib/people/oidc-actions.ts";

type Props = {
  /** What the organisation's sign-in is called. */
  name: string;
  /** Where to go then. */
  next: string;
  /** To show there again who one is. */
  anew?: boolean;
};

/** Leads to the organisation's sign-in; without any script by one more click, since forms are sent nowhere else. */
export function ElsewhereButton({ name, next, anew = false }: Props) {
  const t = useTranslator();
  const [{ go, error }, action, busy] = useActionState(signInElsewhere, {});
  useEffect(() => {
    if (go) window.location.assign(go);
  }, [go]);
  return (
    <form action={action} className="mt-4 grid gap-3">
      <Problem t={t} error={error} />
      <input type="hidden" name="next" value={next} />
      {anew && <input type="hidden" name="anew" value="1" />}
      {go ? (
        <a href={go} className={buttonClass({})}>
          {t("oidc.go", { name })}
        </a>
      ) : (
        <Button type="submit" icon="external" busy={busy}>
          {t("oidc.signIn", { name })}
        </Button>
      )}
    </form>
  );
}
