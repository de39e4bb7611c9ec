"use client";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { AreaField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { withdraw } from "#lib/commitments/actions.ts";
import { withdrawInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** Nobody will do it any more; the record stays. */
export default function WithdrawForm({ data }: FormProps) {
  const t = useTranslator();
  return (
    <EditForm
      schema={withdrawInput}
      action={withdraw}
      data={data}
      toValues={() => ({ reason: "" })}
      shown={[]}
      done={t("commitments.edit.done.withdraw")}
      submit={t("commitments.edit.withdraw.submit")}
      danger
    >
      <h2 className="text-lg">{t("commitments.edit.withdraw.title")}</h2>
      <p>{t("commitments.edit.withdraw.body")}</p>
      <AreaField name="reason" label={t("commitments.edit.withdraw.reason")} required rows={2} />
    </EditForm>
  );
}
