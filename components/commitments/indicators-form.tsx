"use client";
import { useState } from "react";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { PickerListField } from "#components/commitments/picker.tsx";
import { setIndicators } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { indicatorsInput } from "#lib/commitments/schema.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ indicators }: CommitmentRecord) => ({ indicatorIds: indicators.map(({ id }) => id) });

/** Which indicators measure it. Their figures are entered on their own pages. */
export default function IndicatorsForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const { records } = useFrame();
  const [known] = useState(() => namesIn(data.record, locale));
  const lines = (value: unknown, record: CommitmentRecord) =>
    (value as string[]).map((id) => namesIn(record, locale).get(id) ?? known.get(id) ?? id).join("\n");
  return (
    <EditForm
      schema={indicatorsInput}
      action={setIndicators}
      data={data}
      toValues={toValues}
      shown={[{ name: "indicatorIds", label: t("commitments.history.field.indicators"), show: lines }]}
      done={t("commitments.edit.done.indicators")}
    >
      <PickerListField
        name="indicatorIds"
        noun="indicators"
        records={records}
        known={known}
        label={t("commitments.edit.indicators.add")}
        hint={t("commitments.edit.indicators.hint")}
      />
    </EditForm>
  );
}

const namesIn = ({ indicators }: CommitmentRecord, locale: Locale) =>
  new Map(indicators.map(({ id, name }) => [id, pickText(name, locale)]));
