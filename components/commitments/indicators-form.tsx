"use client";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { useFieldError } from "#components/commitments/fields.tsx";
import { Picker } from "#components/commitments/picker.tsx";
import { type FormProps, useFrame } from "#components/commitments/record-frame.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
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
      <Rows known={known} />
    </EditForm>
  );
}

function Rows({ known }: { known: Map<string, string> }) {
  const t = useTranslator();
  const { records } = useFrame();
  const { setValue, watch } = useFormContext();
  const ids: string[] = watch("indicatorIds");
  const set = (next: string[]) => setValue("indicatorIds", next, { shouldDirty: true, shouldValidate: true });
  return (
    <>
      {ids.length > 0 && (
        <ul className="grid gap-1">
          {ids.map((id) => (
            <li key={id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1">{known.get(id) ?? id}</span>
              <IconButton
                icon="trash"
                label={t("commitments.edit.removeNamed", { name: known.get(id) ?? id })}
                onClick={() => set(ids.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <Picker
        noun="indicators"
        records={records}
        label={t("commitments.edit.indicators.add")}
        hint={t("commitments.edit.indicators.hint")}
        error={useFieldError("indicatorIds")}
        value={null}
        without={({ value }) => ids.includes(value)}
        onChange={(item) => {
          if (!item || ids.includes(item.value)) return;
          known.set(item.value, item.label);
          set([...ids, item.value]);
        }}
      />
    </>
  );
}

const namesIn = ({ indicators }: CommitmentRecord, locale: Locale) =>
  new Map(indicators.map(({ id, name }) => [id, pickText(name, locale)]));
