"use client";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError, ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { deleteTemplate, renameTemplate } from "#lib/reports/actions.ts";

type OwnItem = { id: string; name: string; version: number; href: string; about: string };

/** A template of the register's own: a link, and for managers the ways to rename and delete it. */
export function OwnTemplateItem({ item, mayKeep }: { item: OwnItem; mayKeep: boolean }) {
  const t = useTranslator();
  const [state, setState] = useState<"shown" | "renaming" | "deleting">("shown");
  const [error, setError] = useState<ActionError>();
  const { id, name, href, about } = item;
  // What somebody else saved meanwhile is shown, and is what the next try answers.
  const version = error?.conflict?.version ?? item.version;

  async function send(action: () => Promise<ActionResult<unknown>>, done: string) {
    setError(undefined);
    const answer = await keepingSession(action);
    if (!answer.ok) return setError(answer.error);
    showToast(done);
    setState("shown");
  }
  function rename(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = new FormData(event.currentTarget).get("name");
    void send(() => renameTemplate({ id, version, name: wanted }), t("reports.own.renamed"));
  }

  const wrong = fieldError(t, error, "name");
  const theirs = error?.conflict?.theirs.name;
  return (
    <li className="border-t border-line py-1.5 first:border-t-0">
      {state === "renaming" ? (
        <form onSubmit={rename} noValidate className="grid max-w-xl gap-2">
          <Field label={t("reports.own.name")} error={wrong}>
            {(control) => <Input {...control} name="name" defaultValue={name} maxLength={120} autoComplete="off" />}
          </Field>
          <div className="flex gap-2">
            <Button type="submit" variant="primary">
              {t("common.save")}
            </Button>
            <Button onClick={() => setState("shown")}>{t("common.cancel")}</Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="me-auto min-w-0">
            <Link href={href} prefetch={false} className="inline-block py-1 break-words">
              {name}
            </Link>
            <span className="block text-sm text-muted">{about}</span>
          </span>
          {mayKeep && (
            <span className="flex print:hidden">
              <IconButton
                icon="pencil"
                label={`${t("reports.own.rename")}: ${name}`}
                onClick={() => setState("renaming")}
              />
              <IconButton
                icon="trash"
                label={`${t("reports.own.delete")}: ${name}`}
                onClick={() => setState("deleting")}
              />
            </span>
          )}
        </div>
      )}
      {state === "deleting" && (
        <div role="alert" className="flex flex-wrap items-center gap-2 py-1">
          <p className="me-auto">{t("reports.own.deleteAsk", { name })}</p>
          <Button
            variant="danger"
            onClick={() => send(() => deleteTemplate({ id, version }), t("reports.own.deleted"))}
          >
            {t("reports.own.delete")}
          </Button>
          <Button onClick={() => setState("shown")}>{t("common.cancel")}</Button>
        </div>
      )}
      <Problem t={t} error={wrong ? undefined : error} />
      {typeof theirs === "string" && <p>{t("reports.own.theirs", { name: theirs })}</p>}
    </li>
  );
}
