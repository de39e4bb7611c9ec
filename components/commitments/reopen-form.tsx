"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { reopen } from "#lib/commitments/actions.ts";
import { targetInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Takes a withdrawn or superseded record up again. */
export default function ReopenForm({ data }: FormProps) {
  const t = useTranslator();
  return (
    <EditForm
      schema={targetInput}
      action={reopen}
      data={data}
      toValues={() => ({})}
      shown={[]}
      done={t("commitments.edit.done.reopen")}
      submit={t("commitments.edit.reopen.submit")}
    >
      <h2 className="text-lg">{t("commitments.edit.reopen.title")}</h2>
      <p>{t("commitments.edit.reopen.body")}</p>
    </EditForm>
  );
}
