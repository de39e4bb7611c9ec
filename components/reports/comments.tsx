"use client";
import { type FormEvent, useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { showToast } from "#components/ui/toast.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { commentOnReport, resolveComment } from "#lib/reports/actions.ts";

/** A comment as the page shows it: `at` in words. */
export type ShownComment = {
  id: string;
  version: number;
  author: string;
  at: string;
  text: string;
  resolved: boolean;
  mayResolve: boolean;
};

type Props = {
  reportId: string;
  /** Null: on the whole. */
  section: string | null;
  /** On what, in words. */
  of: string;
  comments: readonly ShownComment[];
  mayComment: boolean;
};

/** What is said about a section or the whole, the open ones first, and the way to say more. */
export function Comments({ reportId, section, of, comments, mayComment }: Props) {
  const t = useTranslator();
  const [writing, setWriting] = useState(false);
  const settled = comments.filter(({ resolved }) => resolved);
  return (
    <div className="mt-2 grid gap-2 print:hidden">
      <CommentList comments={comments.filter(({ resolved }) => !resolved)} />
      {settled.length > 0 && (
        <details>
          <summary className="control cursor-pointer text-sm text-muted">
            {t("issuing.comment.shown", { count: settled.length })}
          </summary>
          <CommentList comments={settled} />
        </details>
      )}
      {mayComment && !writing && (
        <div>
          <Button size="sm" variant="quiet" icon="plus" onClick={() => setWriting(true)}>
            {t("issuing.comment.add")}
            <span className="sr-only">: {of}</span>
          </Button>
        </div>
      )}
      {writing && <CommentForm reportId={reportId} section={section} of={of} onClose={() => setWriting(false)} />}
    </div>
  );
}

function CommentList({ comments }: { comments: readonly ShownComment[] }) {
  const t = useTranslator();
  if (comments.length === 0) return null;
  return (
    <ul className="grid gap-2">
      {comments.map(({ id, version, author, at, text, resolved, mayResolve }) => (
        <li key={id} className="rounded-md border-s-2 border-info bg-info-soft px-3 py-2">
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <strong>{author}</strong> <span className="text-muted">{at}</span>
            {resolved && (
              <Badge icon="check" tone="positive" plain>
                {t("issuing.comment.resolved")}
              </Badge>
            )}
          </p>
          <p className="max-w-prose break-words whitespace-pre-line">{text}</p>
          {mayResolve && (
            <ActButton
              size="sm"
              variant="quiet"
              label={t(resolved ? "issuing.comment.reopen" : "issuing.comment.resolve")}
              of={`${author}, ${at}`}
              act={() => resolveComment({ id, version, resolved: !resolved })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

type FormProps = Pick<Props, "reportId" | "section" | "of"> & { onClose: () => void };

function CommentForm({ reportId, section, of, onClose }: FormProps) {
  const t = useTranslator();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ActionError>();

  async function send(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const answer = await keepingSession(() => commentOnReport({ reportId, section, text }));
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    showToast(t("issuing.comment.sent"));
    onClose();
  }

  const wrong = fieldError(t, error, "text");
  return (
    <form onSubmit={send} noValidate className="grid max-w-prose gap-2">
      <Problem t={t} error={wrong ? undefined : error} />
      <Field label={`${t("issuing.comment.text")}: ${of}`} error={wrong}>
        {(control) => (
          <Textarea {...control} autoFocus value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {t("issuing.comment.send")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </div>
    </form>
  );
}
