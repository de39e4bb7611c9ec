"use client";
import { useState } from "react";
import { sendForm } from "#components/people/form.ts";
import { Problem } from "#components/people/problem.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox, ChoiceGroup } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import { ShownKey } from "#components/webhooks/shown-key.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { createWebhook, updateWebhook } from "#lib/webhooks/actions.ts";
import { type Kind, kinds } from "#lib/webhooks/kinds.ts";

type Values = { url: string; description: string; kinds: Kind[] };
type Props = { portfolio: string; webhook: (Values & { id: string; version: number }) | null };

/** A webhook to add or to change. A new one's key is shown once. */
export function WebhookForm({ portfolio, webhook }: Props) {
  const t = useTranslator();
  const [version, setVersion] = useState(webhook?.version ?? 0);
  const [problem, setProblem] = useState<ActionError>();
  const [made, setMade] = useState<{ id: string; secret: string }>();
  const form = useForm<Values>({ defaultValues: webhook ?? { url: "", description: "", kinds: [] } });
  const { errors, isSubmitting } = form.formState;
  const said = (field: keyof Values) => {
    const key = errors[field]?.message;
    return key && t.dynamic(String(key));
  };
  const list = `/${portfolio}/webhooks`;

  if (made)
    return (
      <div className="grid gap-4">
        <ShownKey secret={made.secret} />
        <div>
          <LinkButton href={`${list}/${made.id}`} variant="primary">
            {t("webhooks.secret.open")}
          </LinkButton>
        </div>
      </div>
    );

  const submit = form.handleSubmit(async ({ url, description, kinds: chosen }) => {
    const input = { url, description, kinds: chosen };
    const fields = ["url", "description", "kinds"] as const;
    if (!webhook) {
      const sent = await sendForm(() => createWebhook({ portfolioId: portfolio, ...input }), form.setError, fields);
      if ("result" in sent) return setMade(sent.result);
      return setProblem(sent.problem);
    }
    const send = () => updateWebhook({ id: webhook.id, version, ...input });
    const sent = await sendForm(send, form.setError, fields);
    setProblem("problem" in sent ? sent.problem : undefined);
    if ("problem" in sent) return void (sent.problem?.conflict && setVersion(sent.problem.conflict.version));
    setVersion(sent.result.version);
    showToast(t("webhooks.form.saved"));
  });

  const theirs = problem?.conflict?.theirs as Values | undefined;
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Problem t={t} error={problem}>
        {theirs && (
          <>
            <p>{t("webhooks.form.theirs")}</p>
            <p className="text-sm break-all">
              {[theirs.url, theirs.description, ...theirs.kinds.map((kind) => t(`webhooks.kind.${kind}`))]
                .filter(Boolean)
                .join(" · ")}
            </p>
            <p>{t("webhooks.form.overwrite")}</p>
          </>
        )}
      </Problem>
      <Field label={t("webhooks.form.url")} hint={t("webhooks.form.urlHint")} error={said("url")}>
        {(control) => (
          <Input
            {...control}
            {...form.register("url")}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
          />
        )}
      </Field>
      <Field
        label={t("webhooks.form.description")}
        hint={t("webhooks.form.descriptionHint")}
        error={said("description")}
      >
        {(control) => <Input {...control} {...form.register("description")} maxLength={200} autoComplete="off" />}
      </Field>
      <ChoiceGroup legend={t("webhooks.form.kinds")}>
        <p className="text-sm text-muted">{t("webhooks.form.kindsHint")}</p>
        <div className="grid gap-1 sm:grid-cols-2">
          {kinds.map((kind) => (
            <Checkbox key={kind} value={kind} {...form.register("kinds")} label={t(`webhooks.kind.${kind}`)} />
          ))}
        </div>
      </ChoiceGroup>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isSubmitting}>
          {t(webhook ? "common.save" : "webhooks.form.add")}
        </Button>
        {!webhook && <LinkButton href={list}>{t("common.cancel")}</LinkButton>}
      </div>
    </form>
  );
}
