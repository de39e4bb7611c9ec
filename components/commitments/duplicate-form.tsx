"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { attempt } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { showToast } from "#components/ui/toast.ts";
import { duplicateCommitment } from "#lib/commitments/actions.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** A new record with the same texts, parties and citations. */
export default function DuplicateForm({ data }: FormProps) {
  const t = useTranslator();
  const router = useRouter();
  const { records, close } = useFrame();
  const [busy, setBusy] = useState(false);
  const { id, version, reference } = data.record;

  async function duplicate() {
    setBusy(true);
    const answer = await attempt(() => duplicateCommitment({ id, version }));
    setBusy(false);
    if (!answer.ok) return showToast(t.dynamic(answer.error.key), "critical");
    showToast(t("commitments.edit.done.duplicate", { reference: answer.result.reference }));
    router.push(`${records}/${answer.result.reference}`);
  }

  return (
    <Dialog
      open
      onClose={close}
      size="sm"
      title={t("commitments.edit.duplicate.title", { reference })}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={busy} onClick={duplicate}>
            {t("commitments.edit.duplicate.submit")}
          </Button>
        </>
      }
    >
      <p>{t("commitments.edit.duplicate.body")}</p>
    </Dialog>
  );
}
