"use client";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { attempt } from "#components/commitments/edit-form.tsx";
import { fetchJson } from "#components/people/fetch-json.ts";
import type { PartProps } from "#components/register/part.ts";
import { ViewItem } from "#components/register/view-item.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { Input } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { withQuery } from "#lib/paths.ts";
import { saveView } from "#lib/views/actions.ts";
import type { View } from "#lib/views/view.ts";

type Answer = { views: View[]; mayShare: boolean };

/** The saved views: each a link. What the list shows now can be kept as another one. */
export default function ViewsDialog({ base, query, go, close }: PartProps) {
  const t = useTranslator();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    () =>
      fetchJson(`${base}/register/views`)
        .then((found) => found.json())
        .then(setAnswer, () => setProblem("views.failed")),
    [base],
  );
  useEffect(() => {
    void load();
  }, [load]);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    setBusy(true);
    setProblem(null);
    const saved = await attempt(() =>
      saveView({ portfolioId: base.slice(1), name: given.get("name"), query, shared: given.get("shared") === "on" }),
    );
    setBusy(false);
    if (!saved.ok) return setProblem(saved.error.fields?.name?.[0] ?? saved.error.key);
    showToast(t("views.saved"));
    form.reset();
    await load();
  }

  const lists = answer && [
    { title: t("views.mine"), views: answer.views.filter((view) => view.mine) },
    { title: t("views.shared"), views: answer.views.filter((view) => !view.mine) },
  ];
  return (
    <Dialog open onClose={close} title={t("views.title")} closeLabel={t("common.close")}>
      <p>
        <a
          href={`${base}/register`}
          onClick={(event) => {
            event.preventDefault();
            close();
            go(`${base}/register`);
          }}
        >
          {t("views.all")}
        </a>
      </p>
      {!answer && !problem && <Skeleton label={t("common.loading")} lines={4} />}
      {answer?.views.length === 0 && <p className="my-2 text-muted">{t("views.none")}</p>}
      {lists?.map(
        ({ title, views }) =>
          views.length > 0 && (
            <section key={title} className="mt-3">
              <h3 className="text-sm text-muted">{title}</h3>
              <ul className="divide-y divide-line">
                {views.map((view) => (
                  <ViewItem
                    key={view.id}
                    view={view}
                    mayShare={answer?.mayShare ?? false}
                    href={withQuery(`${base}/register`, view.query)}
                    current={view.query === query}
                    onOpen={(href) => {
                      close();
                      go(href);
                    }}
                    onChanged={load}
                  />
                ))}
              </ul>
            </section>
          ),
      )}
      <form onSubmit={save} className="mt-4 grid gap-2 border-t border-line pt-3">
        <h3 className="text-base">{t("views.save")}</h3>
        <Field label={t("views.name")}>
          {(control) => <Input {...control} name="name" required maxLength={100} autoComplete="off" />}
        </Field>
        {answer?.mayShare && <Checkbox name="shared" label={t("views.share")} />}
        <FormProblem text={problem && t.dynamic(problem)} />
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            {t("common.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
