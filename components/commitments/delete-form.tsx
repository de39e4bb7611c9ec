"use client";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { attempt } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { showToast } from "#components/ui/toast.ts";
import { deleteCommitment } from "#lib/commitments/actions.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Deletes for good, once the reference has been typed. */
export default function DeleteForm({ data }: FormProps) {
  const t = useTranslator();
  const router = useRouter();
  const form = useId();
  const { base, close } = useFrame();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const { id, version, reference } = data.record;

  async function remove(typed: string) {
    if (typed.trim() !== reference) return setError(t("commitments.edit.delete.mistyped", { reference }));
    setError(undefined);
    setBusy(true);
    const answer = await attempt(() => deleteCommitment({ id, version }));
    setBusy(false);
    if (!answer.ok) return setError(t.dynamic(answer.error.key));
    showToast(t("commitments.edit.done.delete", { reference }));
    router.push(base.replace(/\/commitments\/[^/]+$/, "/register"));
  }

  return (
    <Dialog
      open
      onClose={close}
      size="sm"
      title={t("commitments.edit.delete.title", { reference })}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button type="submit" form={form} variant="danger" busy={busy}>
            {t("commitments.edit.delete.submit")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void remove(String(new FormData(event.currentTarget).get("typed") ?? ""));
        }}
      >
        <p>{t("commitments.edit.delete.body")}</p>
        <Field label={t("commitments.edit.delete.typed", { reference })} error={error}>
          {(control) => (
            <Input {...control} name="typed" autoComplete="off" autoCapitalize="characters" spellCheck={false} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
