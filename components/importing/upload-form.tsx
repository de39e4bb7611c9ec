"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { controlClass } from "#components/ui/input.tsx";
import type { ActionResult } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Sends a file, and goes on to its columns. What is wrong with the file is said beside it. */
export function UploadForm({ portfolio, hint }: { portfolio: string; hint: string }) {
  const t = useTranslator();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const [busy, start] = useTransition();

  function send(event: FormEvent) {
    event.preventDefault();
    const file = input.current?.files?.[0];
    if (!file) return setProblem(t("importing.upload.choose"));
    start(async () => {
      let said = t("importing.upload.offline");
      const answer = await keepingSession(async (): Promise<ActionResult<{ id: string }>> => {
        try {
          const response = await fetch(`/${portfolio}/import/upload?name=${encodeURIComponent(file.name)}`, {
            method: "POST",
            body: file,
            headers: { "Content-Type": "application/octet-stream" },
          });
          const body = (await response.json()) as { id: string; error: string; message: string };
          if (response.ok) return { ok: true, result: { id: body.id } };
          said = body.message;
          return { ok: false, error: { key: body.error, status: response.status } };
        } catch {
          return { ok: false, error: { key: "importing.upload.offline", status: 503 } };
        }
      });
      if (!answer.ok) return setProblem(said);
      setProblem(undefined);
      router.push(`/${portfolio}/import/${answer.result.id}`);
    });
  }

  return (
    <form onSubmit={send} noValidate className="grid max-w-xl gap-3">
      <Field label={t("importing.upload.title")} hideLabel hint={hint} error={problem}>
        {(control) => (
          <input
            {...control}
            ref={input}
            type="file"
            name="file"
            accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            className={controlClass}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" icon="upload" busy={busy} className="justify-self-start">
        {t("importing.upload.send")}
      </Button>
    </form>
  );
}
