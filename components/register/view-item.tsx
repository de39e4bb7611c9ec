"use client";
import { type FormEvent, useState } from "react";
import { attempt } from "#components/commitments/edit-form.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { unwatch, watchView } from "#lib/reminders/actions.ts";
import { deleteView, renameView } from "#lib/views/actions.ts";
import type { View } from "#lib/views/view.ts";

type Props = {
  view: View;
  mayShare: boolean;
  href: string;
  current: boolean;
  onOpen: (href: string) => void;
  onChanged: () => void;
};

/** A saved view: a link, and for its owner the ways to rename, share and delete it. */
export function ViewItem({ view, mayShare, href, current, onOpen, onChanged }: Props) {
  const t = useTranslator();
  const [state, setState] = useState<"shown" | "renaming" | "deleting">("shown");
  const [problem, setProblem] = useState<string | null>(null);
  const target = { id: view.id, version: view.version };

  async function send(action: () => Promise<ActionResult<unknown>>, done: string) {
    setProblem(null);
    const answer = await attempt(action);
    if (!answer.ok) return setProblem(answer.error.fields?.name?.[0] ?? answer.error.key);
    showToast(done);
    setState("shown");
    onChanged();
  }
  function rename(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    void send(
      () => renameView({ ...target, name: given.get("name"), shared: given.get("shared") === "on" }),
      t("views.renamed"),
    );
  }

  return (
    <li className="py-1.5">
      {state === "renaming" ? (
        <form onSubmit={rename} className="grid gap-2">
          <Input name="name" aria-label={t("views.name")} defaultValue={view.name} required maxLength={100} />
          {(mayShare || view.shared) && (
            <Checkbox name="shared" label={t("views.share")} defaultChecked={view.shared} />
          )}
          <div className="flex gap-2">
            <Button type="submit" size="sm" variant="primary">
              {t("common.save")}
            </Button>
            <Button size="sm" onClick={() => setState("shown")}>
              {t("common.cancel")}
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <a
            href={href}
            aria-current={current ? "page" : undefined}
            className={current ? "font-semibold" : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onOpen(href);
            }}
          >
            {view.name}
          </a>
          {view.mine && view.shared && <Badge>{t("views.shared")}</Badge>}
          {!view.mine && <span className="text-sm text-muted">{t("views.by", { name: view.owner })}</span>}
          {view.watching && (
            <Badge icon="bell" plain>
              {t("watching.view.watching")}
            </Badge>
          )}
          <span className="ms-auto flex">
            <IconButton
              icon={view.watching ? "minus" : "bell"}
              label={`${t(view.watching ? "watching.view.unwatch" : "watching.view.watch")}: ${view.name}`}
              onClick={() =>
                view.watching
                  ? send(() => unwatch({ viewId: view.id }), t("watching.view.unwatched"))
                  : send(() => watchView({ viewId: view.id }), t("watching.view.watched"))
              }
            />
            {view.mine && (
              <IconButton
                icon="pencil"
                label={`${t("views.rename")}: ${view.name}`}
                onClick={() => setState("renaming")}
              />
            )}
            {view.mayDelete && (
              <IconButton
                icon="trash"
                label={`${t("views.delete")}: ${view.name}`}
                onClick={() => setState("deleting")}
              />
            )}
          </span>
        </div>
      )}
      {state === "deleting" && (
        <div role="alert" className="flex flex-wrap items-center gap-2 py-1">
          <p className="me-auto">{t("views.deleteAsk", { name: view.name })}</p>
          <Button size="sm" variant="danger" onClick={() => send(() => deleteView(target), t("views.deleted"))}>
            {t("views.delete")}
          </Button>
          <Button size="sm" onClick={() => setState("shown")}>
            {t("common.cancel")}
          </Button>
        </div>
      )}
      {problem && (
        <p role="alert" className="text-critical">
          {t.dynamic(problem)}
        </p>
      )}
    </li>
  );
}
