"use client";
import { useFieldArray } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { SelectField, useFieldError } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { setMeetings } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { meetingRelations, meetingsInput } from "#lib/commitments/schema.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

type Row = { meetingId: string; relation: string };
type Option = { value: string; label: string };

const toValues = ({ meetings }: CommitmentRecord) => ({
  meetings: meetings.map(({ id, relation }) => ({ meetingId: id, relation })),
});

/** Where it was made, restated, reviewed, or is planned for. */
export default function MeetingsForm({ data }: FormProps) {
  const t = useTranslator();
  const locale = useLocale();
  const options = (data.choices.meetings ?? []).map(({ value, label, hint }) => ({
    value,
    label: hint ? `${label} (${showEdtf(t, locale, hint)})` : label,
  }));
  const lines = (value: unknown) =>
    (value as Row[])
      .map(({ meetingId, relation }) => {
        const name = options.find((option) => option.value === meetingId)?.label ?? "";
        return `${t.dynamic(`meetings.relation.${relation}`)}: ${name}`;
      })
      .join("\n");
  return (
    <EditForm
      schema={meetingsInput}
      action={setMeetings}
      data={data}
      toValues={toValues}
      shown={[{ name: "meetings", label: t("commitments.history.field.meetings"), show: lines }]}
      done={t("commitments.edit.done.meetings")}
    >
      <Rows options={options} />
    </EditForm>
  );
}

function Rows({ options }: { options: readonly Option[] }) {
  const t = useTranslator();
  const { fields, append, remove } = useFieldArray({ name: "meetings" });
  const error = useFieldError("meetings");
  return (
    <div className="grid gap-3">
      {fields.map((field, index) => (
        <div key={field.id} className="grid grid-cols-[1fr_auto] items-end gap-2 border-b border-line pb-3">
          <SelectField
            name={`meetings.${index}.meetingId`}
            label={t("commitments.field.meeting")}
            options={options}
            className="col-span-2 min-w-0"
          />
          <SelectField
            name={`meetings.${index}.relation`}
            label={t("commitments.edit.meetings.relation")}
            options={meetingRelations.map((value) => ({ value, label: t(`meetings.relation.${value}`) }))}
          />
          <IconButton
            icon="trash"
            label={t("commitments.edit.removeRow", { number: index + 1 })}
            onClick={() => remove(index)}
          />
        </div>
      ))}
      {error && (
        <p role="alert" className="text-sm font-medium text-critical">
          {error}
        </p>
      )}
      <p>
        <Button
          size="sm"
          icon="plus"
          disabled={options.length === 0}
          onClick={() => append({ meetingId: options[0]?.value ?? "", relation: "made" })}
        >
          {t("commitments.edit.meetings.add")}
        </Button>
      </p>
    </div>
  );
}
