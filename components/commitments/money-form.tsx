"use client";
import { useFieldArray } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { SelectField, TextField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { setMoney } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { moneyInput, moneyStages } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Row = { amount: string; currency: string; stage: string };

const toValues = ({ money }: CommitmentRecord) => ({
  money: money.map(({ amount, currency, stage }) => ({ amount: String(amount), currency, stage })),
});

/** Money by stage: what was pledged, committed and disbursed. */
export default function MoneyForm({ data }: FormProps) {
  const t = useTranslator();
  const lines = (value: unknown) =>
    (value as Row[])
      .map(({ amount, currency, stage }) => `${currency} ${amount}, ${t.dynamic(`commitments.moneyStage.${stage}`)}`)
      .join("\n");
  return (
    <EditForm
      schema={moneyInput}
      action={setMoney}
      data={data}
      toValues={toValues}
      shown={[{ name: "money", label: t("commitments.field.money"), show: lines }]}
      done={t("commitments.edit.done.money")}
    >
      <Rows />
    </EditForm>
  );
}

function Rows() {
  const t = useTranslator();
  const { fields, append, remove } = useFieldArray({ name: "money" });
  return (
    <div className="grid gap-3">
      {fields.map((field, index) => (
        <div
          key={field.id}
          className="grid grid-cols-[1fr_5rem_auto] items-end gap-2 sm:grid-cols-[1fr_5rem_12rem_auto]"
        >
          <TextField name={`money.${index}.amount`} inputMode="decimal" label={t("commitments.edit.money.amount")} />
          <TextField name={`money.${index}.currency`} label={t("commitments.edit.money.currency")} />
          <SelectField
            className="max-sm:col-span-2 max-sm:row-start-2"
            name={`money.${index}.stage`}
            label={t("commitments.edit.money.stage")}
            options={moneyStages.map((value) => ({ value, label: t(`commitments.moneyStage.${value}`) }))}
          />
          <IconButton
            icon="trash"
            label={t("commitments.edit.removeRow", { number: index + 1 })}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      <p>
        <Button size="sm" icon="plus" onClick={() => append({ amount: "", currency: "USD", stage: "pledged" })}>
          {t("commitments.edit.money.add")}
        </Button>
      </p>
    </div>
  );
}
