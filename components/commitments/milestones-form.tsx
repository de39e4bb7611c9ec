"use client";
import { useFieldArray, useFormContext } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { TextField, useFieldError, VagueDateField } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { setMilestones } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { milestonesInput } from "#lib/commitments/schema.ts";
import { localeNames, locales } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Texts } from "#lib/text.ts";

type Row = { title: Texts; phrase: string | null; edtf: string | null; doneOn: string | null };

const toValues = ({ milestones }: CommitmentRecord) => ({
  milestones: milestones.map(({ title, phrase, edtf, doneOn }) => ({ title, phrase, edtf, doneOn })),
});

/** The steps on the way, in their order. */
export default function MilestonesForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const lines = (value: unknown) =>
    (value as Row[])
      .map(({ title, edtf, doneOn }) =>
        [pickText(title, locale), edtf, doneOn && t("commitments.edit.milestones.doneOn", { date: doneOn })]
          .filter(Boolean)
          .join(", "),
      )
      .join("\n");
  return (
    <EditForm
      schema={milestonesInput}
      action={setMilestones}
      data={data}
      toValues={toValues}
      shown={[{ name: "milestones", label: t("commitments.field.milestones"), show: lines }]}
      done={t("commitments.edit.done.milestones")}
    >
      <Rows today={data.today} />
    </EditForm>
  );
}

function Rows({ today }: { today: string }) {
  const t = useTranslator();
  const { fields, append, remove, move } = useFieldArray({ name: "milestones" });
  return (
    <ol className="grid gap-4">
      {fields.map((field, index) => (
        <li key={field.id} className="grid gap-3 rounded-md border border-line p-3">
          <div className="flex items-center gap-1">
            <span className="me-auto font-semibold">
              {t("commitments.edit.milestones.number", { number: index + 1 })}
            </span>
            <IconButton
              icon="arrow-up"
              disabled={index === 0}
              label={t("commitments.edit.milestones.up", { number: index + 1 })}
              onClick={() => move(index, index - 1)}
            />
            <IconButton
              icon="arrow-down"
              disabled={index === fields.length - 1}
              label={t("commitments.edit.milestones.down", { number: index + 1 })}
              onClick={() => move(index, index + 1)}
            />
            <IconButton
              icon="trash"
              label={t("commitments.edit.removeRow", { number: index + 1 })}
              onClick={() => remove(index)}
            />
          </div>
          <div className="grid gap-3 md:grid-cols-3">
            {locales.map((locale) => (
              <TextField
                key={locale}
                name={`milestones.${index}.title.${locale}`}
                lang={locale}
                label={`${t("commitments.field.title")} (${localeNames[locale]})`}
              />
            ))}
          </div>
          <Untitled name={`milestones.${index}.title`} />
          <div className="grid gap-3 md:grid-cols-3">
            <TextField name={`milestones.${index}.phrase`} label={t("commitments.edit.deadline.phrase")} />
            <VagueDateField name={`milestones.${index}.edtf`} label={t("commitments.edit.deadline.edtf")} />
            <TextField
              name={`milestones.${index}.doneOn`}
              type="date"
              max={today}
              label={t("commitments.edit.milestones.done")}
            />
          </div>
        </li>
      ))}
      <li>
        <Button
          size="sm"
          icon="plus"
          onClick={() => append({ title: { en: "", vi: "", lo: "" }, phrase: null, edtf: null, doneOn: null })}
        >
          {t("commitments.edit.milestones.add")}
        </Button>
      </li>
    </ol>
  );
}

function Untitled({ name }: { name: string }) {
  const { getFieldState } = useFormContext();
  const error = useFieldError(name);
  if (!error || !getFieldState(name).invalid) return null;
  return (
    <p role="alert" className="flex items-start gap-1 text-sm font-medium text-critical">
      <Icon name="alert" className="mt-[0.25em]" />
      {error}
    </p>
  );
}
