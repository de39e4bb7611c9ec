"use client";
import { type FormEvent, useState, useTransition } from "react";
import { Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { requireSecondFactor } from "#lib/people/actions.ts";
import { roles } from "#lib/people/schema.ts";

type Role = (typeof roles)[number];
type Props = { chosen: readonly Role[]; version: number; lacking: Record<Role, number> };

/** Which roles need a second factor, each with how many people of it have none yet. */
export function SecurityForm({ chosen, version: first, lacking }: Props) {
  const t = useTranslator();
  const [version, setVersion] = useState(first);
  const [error, setError] = useState<ActionError>();
  const [busy, start] = useTransition();
  const named = (some: readonly Role[]) =>
    some.map((role) => t(`people.role.${role}`)).join(", ") || t("security.policy.nobody");

  // Not the form's action, after which React would put back what was ticked at first.
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    start(async () => {
      const answer = await keepingSession(() => requireSecondFactor({ roles: data.getAll("role"), version }));
      setError(answer.ok ? undefined : answer.error);
      if (answer.ok) {
        setVersion(answer.result.version);
        showToast(t("security.policy.saved"));
      } else if (answer.error.conflict) setVersion(answer.error.conflict.version);
    });
  }

  const theirs = error?.conflict?.theirs.roles as readonly Role[] | undefined;
  return (
    <form onSubmit={save} className="grid gap-4">
      <Problem t={t} error={error} />
      {theirs && <p>{t("security.policy.theirs", { roles: named(theirs) })}</p>}
      <ChoiceGroup legend={t("security.policy.legend")}>
        {roles.map((role) => (
          <Checkbox
            key={role}
            name="role"
            value={role}
            defaultChecked={chosen.includes(role)}
            label={t(`people.role.${role}`)}
            hint={t("security.policy.lacking", { count: lacking[role] })}
          />
        ))}
      </ChoiceGroup>
      <p className="text-sm text-muted">{t("security.policy.effect")}</p>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
