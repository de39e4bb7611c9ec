"use client";
import { useActionState, useState } from "react";
import { Problem } from "#components/people/problem.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import type { ActionError } from "#lib/action.ts";
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

/**
 * Leads to the organisation's sign-in; without any script by one more click, since forms are sent nowhere else. With script
 * no transition is waited for: the dialog in which it may stand is itself what one waits for.
 */
export function ElsewhereButton({ name, next, anew = false }: Props) {
  const t = useTranslator();
  const [{ go, error: before }, action] = useActionState(signInElsewhere, {});
  const [{ busy, error = before }, setState] = useState<{ busy: boolean; error?: ActionError | undefined }>({
    busy: false,
  });

  async function leave(data: FormData) {
    setState({ busy: true });
    const answer = await signInElsewhere({}, data);
    if (answer.go) window.location.assign(answer.go);
    else setState({ busy: false, error: answer.error });
  }

  return (
    <form
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        void leave(new FormData(event.currentTarget));
      }}
      className="mt-4 grid gap-3"
    >
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
